import {
  ALERT_CHANGES,
  type AlertRule,
  PRICE_MOVE_UNITS,
  type PriceMoveUnit,
  TIMEFRAMES,
} from '@fast-scanner/client';
import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { ChoiceSelect } from '../../components/choice-select.tsx';
import { fieldError } from '../../components/field-error.ts';
import { NumberField } from '../../components/number-field.tsx';
import { SymbolsInput } from '../../components/symbols-input.tsx';
import { useExchanges } from '../../hooks/use-exchanges.ts';
import { ALERT_KINDS, kindLabel } from './alert-words.ts';

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
        description={ALERT_KINDS[rule.change].help}
        data={ALERT_CHANGES.map((change) => ({ value: change, label: kindLabel(change) }))}
        value={rule.change}
        onChange={(change) => change && onChange({ change, threshold: null, unit: null })}
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

const UNITS: Readonly<Record<PriceMoveUnit, string>> = {
  percent: 'Percent of the price',
  atr: 'ATRs: the symbol’s usual range',
};

function ThresholdFields({ rule, onChange, error, path }: RuleFieldsProps) {
  const kind = ALERT_KINDS[rule.change].threshold;
  if (!kind) return null;
  return (
    <>
      {rule.change === 'price_move' && (
        <ChoiceSelect
          label="Unit"
          description="Without one a threshold is in percent"
          placeholder="None"
          clearButtonProps={{ 'aria-label': 'No unit' }}
          choices={PRICE_MOVE_UNITS}
          name={(unit) => UNITS[unit]}
          value={rule.unit}
          onChange={(unit) => onChange({ unit })}
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
      <ChoiceSelect
        label="Exchange"
        choices={exchange === null || ids.includes(exchange) ? ids : [...ids, exchange]}
        name={String}
        value={exchange}
        onChange={(exchange) => onChange({ exchange })}
        error={fieldError(error, `${path} exchange`)}
      />
      <ChoiceSelect
        label="Candles"
        description="Only scans of this timeframe"
        choices={TIMEFRAMES}
        value={rule.timeframe}
        onChange={(timeframe) => onChange({ timeframe })}
        error={fieldError(error, `${path} timeframe`)}
      />
    </>
  );
}
