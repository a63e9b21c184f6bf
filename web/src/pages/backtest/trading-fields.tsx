import { Select, SimpleGrid } from '@mantine/core';
import { fieldError } from '../../components/field-error.ts';
import { NumberField } from '../../components/number-field.tsx';
import type { FormFields } from './form-fields.ts';
import { DIRECTIONS, LAST_TRADES, UNITS } from './test-choice.ts';

/** Money, costs and conventions. */
export function TradingFields(fields: FormFields) {
  return (
    <>
      <MoneyFields {...fields} />
      <ConventionFields {...fields} />
    </>
  );
}

function MoneyFields({ choice, onChange, error }: FormFields) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
      <NumberField
        label="Cash"
        description="Money at the start, for each stock"
        min={1}
        max={1e12}
        step={1000}
        thousandSeparator=","
        value={choice.cash}
        onChange={(cash) => onChange({ cash })}
        error={fieldError(error, 'cash')}
      />
      <NumberField
        label="Commission"
        description="Percent of each fill"
        min={0}
        max={50}
        step={0.01}
        suffix=" %"
        value={choice.commission}
        onChange={(commission) => onChange({ commission })}
        error={fieldError(error, 'commission')}
      />
      <NumberField
        label="Slippage"
        description="Percent by which a fill is worse than the open"
        min={0}
        max={50}
        step={0.01}
        suffix=" %"
        value={choice.slippage}
        onChange={(slippage) => onChange({ slippage })}
        error={fieldError(error, 'slippage')}
      />
    </SimpleGrid>
  );
}

const DIRECTION_LABELS = { long: 'Long only', short: 'Short only', both: 'Long and short' } as const;
const UNIT_LABELS = {
  auto: 'Whole; coins in fractions',
  whole: 'Whole',
  fractional: 'Fractions',
} as const;
const LAST_TRADE_LABELS = { close: "Last candle's close", open: "Last candle's open" } as const;

function ConventionFields({ choice, onChange }: FormFields) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
      <Select
        label="Positions"
        data={DIRECTIONS.map((value) => ({ value, label: DIRECTION_LABELS[value] }))}
        value={choice.direction}
        onChange={(direction) => direction && onChange({ direction })}
        allowDeselect={false}
      />
      <Select
        label="Units"
        data={UNITS.map((value) => ({ value, label: UNIT_LABELS[value] }))}
        value={choice.units}
        onChange={(units) => units && onChange({ units })}
        allowDeselect={false}
      />
      <Select
        label="Last trade closes at"
        data={LAST_TRADES.map((value) => ({ value, label: LAST_TRADE_LABELS[value] }))}
        value={choice.last_trade}
        onChange={(last_trade) => last_trade && onChange({ last_trade })}
        allowDeselect={false}
      />
    </SimpleGrid>
  );
}
