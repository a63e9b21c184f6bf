import { type MarketScanInput, TIMEFRAMES, type Timeframe } from '@fast-scanner/client';
import {
  listField,
  numberField,
  optionField,
  type SearchField,
  textField,
} from '../../hooks/use-search-state.ts';
import { type ParameterValues, parametersField } from './parameters-field.ts';

export const UNIVERSES = ['all', 'sp500', 'own'] as const;
/** `all`: whatever the source lists. `sp500`: the list that the server ships. `own`: those that are named. */
export type Universe = (typeof UNIVERSES)[number];

export const DIRECTIONS = ['long', 'short', 'both'] as const;
export const UNITS = ['auto', 'whole', 'fractional'] as const;
export const LAST_TRADES = ['close', 'open'] as const;

/** What a market scan is asked for, as the form and its address hold it. */
export interface TestChoice {
  /** Empty: the first of the server's. */
  readonly strategy: string;
  /** Values that differ from the strategy's defaults. */
  readonly parameters: ParameterValues;
  /** Empty: the server's default. */
  readonly exchange: string;
  readonly universe: Universe;
  readonly tickers: readonly string[];
  /** `2020-01-31`; empty: as far as the data go. */
  readonly from: string;
  readonly to: string;
  readonly interval: Timeframe;
  /** Money at the start, for each stock. */
  readonly cash: number;
  /** Percent of each fill. */
  readonly commission: number;
  /** Percent of the price. */
  readonly slippage: number;
  readonly direction: (typeof DIRECTIONS)[number];
  readonly units: (typeof UNITS)[number];
  readonly last_trade: (typeof LAST_TRADES)[number];
}

export const TEST_FIELDS: { readonly [Name in keyof TestChoice]: SearchField<TestChoice[Name]> } = {
  strategy: textField(),
  parameters: parametersField(),
  exchange: textField(),
  universe: optionField(UNIVERSES, 'all'),
  tickers: listField(),
  from: textField(),
  to: textField(),
  interval: optionField(TIMEFRAMES, '1d'),
  cash: numberField(10_000),
  commission: numberField(0.1),
  slippage: numberField(0.05),
  direction: optionField(DIRECTIONS, 'long'),
  units: optionField(UNITS, 'auto'),
  last_trade: optionField(LAST_TRADES, 'close'),
};

/** The request; what the server would choose by itself is left out. */
export function toMarketScanInput(choice: TestChoice, strategy: string): MarketScanInput {
  const { parameters, exchange, universe, tickers, from, to, interval, cash } = choice;
  const { direction, units, last_trade } = choice;
  return {
    strategy,
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(exchange !== '' && { exchange }),
    ...(universe === 'sp500' && { universe }),
    ...(universe === 'own' && { tickers: [...tickers] }),
    ...(from !== '' && { start_date: from }),
    ...(to !== '' && { end_date: to }),
    ...{ interval, cash },
    commission: toRatio(choice.commission),
    slippage: toRatio(choice.slippage),
    conventions: { direction, last_trade, ...(units !== 'auto' && { units }) },
  };
}

/** What is wrong with a choice before the server is asked, by the field that it is about. */
export function findMistakes({ universe, tickers, from, to }: TestChoice): {
  readonly tickers: string | null;
  readonly to: string | null;
} {
  return {
    tickers: universe === 'own' && tickers.length === 0 ? 'Name at least one symbol.' : null,
    to: from !== '' && to !== '' && to < from ? 'The end lies before the start.' : null,
  };
}

/** Percent to ratio, without the dust of the division: 0.07 % is 0.0007. */
function toRatio(percent: number): number {
  return Number((percent / 100).toFixed(10));
}
