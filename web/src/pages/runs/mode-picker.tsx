import { Radio, SimpleGrid } from '@mantine/core';
import { capitalize } from '../../format/capitalize.ts';
import { formatNumber } from '../../format/format-number.ts';
import classes from './mode-picker.module.css';
import type { ModeInfo } from './use-modes.ts';

interface ModePickerProps {
  readonly modes: readonly ModeInfo[];
  readonly value: string;
  readonly onChange: (mode: string) => void;
}

/** The modes as cards: what each is for, looks at and lets through. */
export function ModePicker({ modes, value, onChange }: ModePickerProps) {
  return (
    <Radio.Group label="Mode" value={value} onChange={onChange}>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 5 }} spacing="xs" mt={4}>
        {modes.map((mode) => (
          <Radio
            key={mode.mode}
            value={mode.mode}
            label={capitalize(mode.mode)}
            description={<ModeDescription {...mode} />}
            classNames={{ root: classes['card'] ?? '', label: classes['label'] ?? '' }}
          />
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}

function ModeDescription({ description, timeframes, min_score, min_risk_reward, setup_type }: ModeInfo) {
  return (
    <>
      {description}
      <span className={classes['facts']}>
        <span>{timeframes.join(' ')}</span>
        <span>
          Score ≥ {formatNumber(min_score)} · R:R ≥ {formatNumber(min_risk_reward, 1)} · {setup_type}
        </span>
      </span>
    </>
  );
}
