import { type ContinuousConfig, TIMEFRAMES, TRADING_STYLES } from '@fast-scanner/client';
import { Fieldset, Select, SimpleGrid, Stack } from '@mantine/core';
import { fieldError } from '../../components/field-error.ts';
import { NumberField } from '../../components/number-field.tsx';
import { toTitle } from '../../format/to-title.ts';
import { type ConfigField, INTERVAL_FIELDS, sharedTimeframes, THRESHOLD_FIELDS } from './start-choice.ts';

interface ConfigFieldsProps {
  readonly config: ContinuousConfig;
  readonly onChange: (config: ContinuousConfig) => void;
  /** What the server said to the last try. */
  readonly error: unknown;
}

/** How the scanner works. */
export function ConfigFields(props: ConfigFieldsProps) {
  return (
    <Stack gap="md">
      <TimeframeFields {...props} />
      <NumberFields {...props} legend="Intervals" fields={INTERVAL_FIELDS} />
      <NumberFields {...props} legend="Thresholds" fields={THRESHOLD_FIELDS} />
    </Stack>
  );
}

function TimeframeFields({ config, onChange, error }: ConfigFieldsProps) {
  const shared = sharedTimeframes(config);
  return (
    <Fieldset legend="Timeframe of each style of trading">
      <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="sm">
        {TRADING_STYLES.map((style) => (
          <Select
            key={style}
            label={toTitle(style)}
            data={TIMEFRAMES}
            value={config.timeframes[style]}
            onChange={(timeframe) => {
              if (timeframe)
                onChange({ ...config, timeframes: { ...config.timeframes, [style]: timeframe } });
            }}
            allowDeselect={false}
            error={
              shared.includes(style)
                ? 'Each style needs a timeframe of its own'
                : fieldError(error, `config timeframes ${style}`)
            }
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}

interface NumberFieldsProps extends ConfigFieldsProps {
  readonly legend: string;
  readonly fields: readonly ConfigField[];
}

function NumberFields({ legend, fields, config, onChange, error }: NumberFieldsProps) {
  return (
    <Fieldset legend={legend}>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="sm">
        {fields.map(({ name, label, help, step = 1, ...limits }) => (
          <NumberField
            key={name}
            {...limits}
            step={step}
            label={label}
            description={help}
            value={config[name]}
            onChange={(value) => onChange({ ...config, [name]: value })}
            error={fieldError(error, `config ${name}`)}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}
