import {
  CONTINUOUS_SIGNAL_TYPES,
  type ContinuousSignal,
  type ContinuousSignalType,
  TRADING_STYLES,
  type TradingStyle,
} from '@fast-scanner/client';
import { sortField } from '../../components/data-table/sort-field.ts';
import { choiceField, numberField, textField } from '../../hooks/use-search-state.ts';

/** What the page keeps in its address. */
export const CONTINUOUS_FIELDS = {
  /** Part of the symbol. */
  q: textField(),
  type: choiceField(CONTINUOUS_SIGNAL_TYPES),
  style: choiceField(TRADING_STYLES),
  /** Combined score from. */
  score: numberField(0),
  sort: sortField(),
};

export interface SignalFilters {
  readonly q: string;
  readonly type: ContinuousSignalType | null;
  readonly style: TradingStyle | null;
  readonly score: number;
}

/** Those of the signals that the filters let through, in their order. */
export function filterSignals(
  signals: readonly ContinuousSignal[],
  { q, type, style, score }: SignalFilters,
): readonly ContinuousSignal[] {
  const text = q.trim().toUpperCase();
  return signals.filter(
    (signal) =>
      signal.symbol.includes(text) &&
      (type === null || signal.signal_type === type) &&
      (style === null || signal.style === style) &&
      signal.combined_score >= score,
  );
}

/** A signal is told once for each candle. */
export function signalId({ exchange, symbol, style, candleCloseTime }: ContinuousSignal): string {
  return `${exchange} ${symbol} ${style} ${candleCloseTime}`;
}
