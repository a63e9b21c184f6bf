import { CHART_INDICATORS, type ChartIndicator, TIMEFRAMES, type Timeframe } from '@fast-scanner/client';
import { timeframesOf } from '../../format/timeframes.ts';
import { choiceField, listField, type SearchField, textField } from '../../hooks/use-search-state.ts';

/** What the page keeps in its address. */
export interface SymbolFilters {
  /** Empty: the server's default. */
  readonly exchange: string;
  /** Of the chart; `null`: the analysis's own. */
  readonly timeframe: Timeframe | null;
  readonly indicators: readonly ChartIndicator[];
}

/** Indicators that can be drawn, and what they are called. */
export const INDICATOR_LABELS: Readonly<Record<ChartIndicator, string>> = {
  ema20: 'EMA 20',
  ema50: 'EMA 50',
  ema200: 'EMA 200',
  bollinger: 'Bollinger',
  rsi: 'RSI',
  macd: 'MACD',
};

/** Of a symbol that was never scanned. */
export function defaultTimeframe(symbol: string): Timeframe {
  const timeframes = timeframesOf(symbol);
  return timeframes.find((timeframe) => timeframe === '1h') ?? '1d';
}

/** Without a word in the address: what most people look at first. */
const DEFAULT_INDICATORS: readonly ChartIndicator[] = ['ema20', 'ema50'];

export const SYMBOL_FIELDS = {
  exchange: textField(),
  timeframe: choiceField(TIMEFRAMES),
  indicators: indicatorField(),
};

/** `none` stands for an empty list, because the default is not empty. */
function indicatorField(): SearchField<readonly ChartIndicator[]> {
  const list = listField();
  return {
    fallback: DEFAULT_INDICATORS,
    parse: (text) => CHART_INDICATORS.filter((indicator) => list.parse(text)?.includes(indicator)),
    format: (indicators) => indicators.join(',') || 'none',
  };
}
