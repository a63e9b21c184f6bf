import { type ContinuousStatus, TRADING_STYLES } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { Accordion, Button, Text } from '@mantine/core';
import { CirclePause, Radio, Square } from 'lucide-react';
import { ErrorState } from '../../components/error-state.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { LookBadge } from '../../components/look-badge.tsx';
import { formatCount, formatNumber } from '../../format/format-number.ts';
import { toTitle } from '../../format/to-title.ts';
import { type ConfigField, INTERVAL_FIELDS, THRESHOLD_FIELDS } from './start-choice.ts';
import { useChangeContinuous } from './use-continuous-status.ts';

/** Whether it runs, as word and icon. */
export function RunningBadge({ isRunning }: { readonly isRunning: boolean }) {
  return isRunning ? (
    <LookBadge label="Running" color="teal" icon={Radio} />
  ) : (
    <LookBadge label="Stopped" color="gray" icon={CirclePause} />
  );
}

export function StopButton() {
  const { continuous } = useScannerClient();
  const stop = useChangeContinuous(() => continuous.stop());
  return (
    <>
      <Button
        color="red"
        variant="light"
        leftSection={<Square size={16} aria-hidden />}
        loading={stop.isPending}
        onClick={() => stop.mutate(undefined)}
      >
        Stop
      </Button>
      {stop.error && <ErrorState error={stop.error} />}
    </>
  );
}

/** What it follows, and what it was started with. */
export function FollowedPanel({ symbols, config }: Pick<ContinuousStatus, 'symbols' | 'config'>) {
  return (
    <Accordion variant="contained" multiple>
      <Accordion.Item value="symbols">
        <Accordion.Control>{formatCount(symbols.length, 'symbol')} followed</Accordion.Control>
        <Accordion.Panel>
          <Text size="sm">{symbols.join(', ')}</Text>
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="config">
        <Accordion.Control>Timeframes, intervals and thresholds</Accordion.Control>
        <Accordion.Panel>
          <FactList
            facts={[
              ...TRADING_STYLES.map((style) => ({
                label: `${toTitle(style)} candles`,
                value: config.timeframes[style],
              })),
              ...INTERVAL_FIELDS.map((field) => toFact(field, config, 'Every so many seconds: ')),
              ...THRESHOLD_FIELDS.map((field) => toFact(field, config)),
            ]}
          />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function toFact(
  { name, label, help, suffix = '' }: ConfigField,
  config: ContinuousStatus['config'],
  prefix = '',
) {
  const value = config[name];
  return {
    label,
    value: `${formatNumber(value, Number.isInteger(value) ? 0 : 2)}${suffix}`,
    help: prefix + help,
  };
}

/** How much it holds in memory. */
export function BufferFacts({ ticks, candles, signals }: ContinuousStatus['buffer_stats']) {
  return (
    <FactList
      facts={[
        { label: 'Ticks', value: formatNumber(ticks), help: 'At most 100 of each symbol.' },
        {
          label: 'Candles',
          value: formatNumber(candles),
          help: 'At most 500 of each symbol and timeframe.',
        },
        { label: 'Signals', value: formatNumber(signals), help: 'At most 1,000 of all symbols.' },
      ]}
    />
  );
}
