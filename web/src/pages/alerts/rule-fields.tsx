import type { AlertRule } from '@fast-scanner/client';
import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { fieldError } from '../../components/field-error.ts';
import { NumberField } from '../../components/number-field.tsx';
import { SymbolsInput } from '../../components/symbols-input.tsx';
import { TIMEFRAMES } from '../../format/timeframes.ts';
import { useExchanges } from '../../hooks/use-exchanges.ts';
import { ALERT_KINDS, kindOf } from './alert-words.ts';

interface RuleFieldsProps {
  readonly rule: AlertRule;
  readonly onChange: (change: Partial<AlertRule>) => void;
  /** What the server said to the last try. */
  readonly error: unknown;
  /** What the server calls the rule in it: `rules 3`. */
  readonly path: string;
}

/** Everything a rule is made of. */
export function RuleFields(props: RuleFieldsProps) {
  const { rule, onChange, error, path } = props;
  const wrong = (name: string) => fieldError(error, `${path} ${name}`);
  return (
    <>
      <TextInput
        label="Name"
        description="Lower-case letters, digits and -"
        value={rule.id}
        onChange={({ currentTarget }) => onChange({ id: currentTarget.value })}
        error={wrong('id')}
        maxLength={40}
        data-autofocus
      />
      <Select
        label="Watches"
        description={kindOf(rule.change)?.help}
        data={ALERT_KINDS.map(({ value, label }) => ({ value, label }))}
        value={rule.change}
        onChange={(value) => {
          const kind = ALERT_KINDS.find((known) => known.value === value);
          if (kind) onChange({ change: kind.value, threshold: null, unit: null });
        }}
        allowDeselect={false}
        error={wrong('change')}
      />
      <ThresholdFields {...props} />
      <ScopeFields {...props} />
      <NumberField
        label="Quiet for so many candles"
        description="A symbol that fired stays quiet so long, whatever happens to it"
        min={0}
        max={1000}
        allowDecimal={false}
        value={rule.cooldownCandles}
        onChange={(cooldownCandles) => onChange({ cooldownCandles })}
        error={wrong('cooldownCandles')}
      />
      <Switch
        label="On"
        checked={rule.enabled}
        onChange={({ currentTarget }) => onChange({ enabled: currentTarget.checked })}
      />
    </>
  );
}

const UNITS = [
  { value: 'percent', label: 'Percent of the price' },
  { value: 'atr', label: 'ATRs: the symbol’s usual range' },
] as const;

function ThresholdFields({ rule, onChange, error, path }: RuleFieldsProps) {
  const kind = kindOf(rule.change)?.threshold;
  if (!kind) return null;
  return (
    <>
      {rule.change === 'price_move' && (
        <Select
          label="Unit"
          description="Without one a threshold is in percent"
          placeholder="None"
          clearable
          clearButtonProps={{ 'aria-label': 'No unit' }}
          data={[...UNITS]}
          value={rule.unit}
          onChange={(value) => onChange({ unit: UNITS.find((unit) => unit.value === value)?.value ?? null })}
          error={fieldError(error, `${path} unit`)}
        />
      )}
      <NumberInput
        label={kind.label}
        description={`Left empty: the usual ${kind.usual}`}
        min={0}
        {...(kind.max === undefined ? {} : { max: kind.max })}
        clampBehavior="none"
        step={kind.step}
        value={rule.threshold ?? ''}
        onChange={(value) => onChange({ threshold: typeof value === 'number' ? value : null })}
        error={fieldError(error, `${path} threshold`)}
      />
    </>
  );
}

function ScopeFields({ rule, onChange, error, path }: RuleFieldsProps) {
  const { data: exchanges = [] } = useExchanges();
  const ids = exchanges.map(({ id }) => id);
  const { exchange } = rule;
  return (
    <>
      <SymbolsInput
        label="Symbols"
        description="None: every symbol"
        value={rule.symbols ?? []}
        onChange={(symbols) => onChange({ symbols: symbols.length === 0 ? null : [...symbols] })}
        exchange={exchange ?? ''}
        error={fieldError(error, `${path} symbols`)}
      />
      <Select
        label="Exchange"
        placeholder="Any"
        clearable
        clearButtonProps={{ 'aria-label': 'Any exchange' }}
        data={exchange === null || ids.includes(exchange) ? ids : [...ids, exchange]}
        value={exchange}
        onChange={(value) => onChange({ exchange: value })}
        error={fieldError(error, `${path} exchange`)}
      />
      <Select
        label="Candles"
        description="Only scans of this timeframe"
        placeholder="Any"
        clearable
        clearButtonProps={{ 'aria-label': 'Any candles' }}
        data={[...TIMEFRAMES]}
        value={rule.timeframe}
        onChange={(value) => onChange({ timeframe: TIMEFRAMES.find((known) => known === value) ?? null })}
        error={fieldError(error, `${path} timeframe`)}
      />
    </>
  );
}
