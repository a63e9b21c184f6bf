import {
  type ContinuousSignal,
  type MarketBias,
  type Timeframe,
  TRADING_STYLES,
  type TradingStyle,
} from '@fast-scanner/client';
import { biasOf } from './signal-bias.ts';

/** The newest signal of a symbol for a style. */
export interface HeatCell {
  readonly timeframe: Timeframe;
  readonly bias: MarketBias;
  /** Combined score, 0–100. */
  readonly score: number;
  readonly candleCloseTime: string;
}

export interface HeatRow {
  readonly exchange: string;
  readonly symbol: string;
  /** Styles without a signal are left out. */
  readonly cells: Readonly<Partial<Record<TradingStyle, HeatCell>>>;
  /** The side that more styles are on; neutral when neither has more. */
  readonly bias: MarketBias;
  /** How many styles are on that side. */
  readonly agreeing: number;
}

/** What is known of each symbol besides the listed signals, which may have pushed older ones out of the list. */
export type KnownCells = ReadonlyMap<string, HeatRow['cells']>;

export function heatKey({ exchange, symbol }: Pick<HeatRow, 'exchange' | 'symbol'>): string {
  return `${exchange} ${symbol}`;
}

/**
 * A row for each symbol, those whose styles agree most first.
 * @param signals newest first
 */
export function toHeatRows(
  signals: readonly ContinuousSignal[],
  known: KnownCells = new Map(),
): readonly HeatRow[] {
  const found = new Map<string, Partial<Record<TradingStyle, HeatCell>>>();
  for (const signal of signals) {
    const key = heatKey(signal);
    const cells = found.get(key) ?? {};
    cells[signal.style] ??= toCell(signal);
    found.set(key, cells);
  }
  const keys = new Set([...found.keys(), ...known.keys()]);
  return [...keys]
    .map((key) => toRow(key, { ...known.get(key), ...found.get(key) }))
    .sort((one, other) => other.agreeing - one.agreeing || strength(other) - strength(one));
}

function toCell({ timeframe, signal_type, combined_score, candleCloseTime }: ContinuousSignal): HeatCell {
  return { timeframe, bias: biasOf(signal_type), score: combined_score, candleCloseTime };
}

function toRow(key: string, cells: HeatRow['cells']): HeatRow {
  const [exchange = '', symbol = ''] = key.split(' ');
  const count = (bias: MarketBias) => TRADING_STYLES.filter((style) => cells[style]?.bias === bias).length;
  const [bullish, bearish] = [count('bullish'), count('bearish')];
  const bias = bullish === bearish ? 'neutral' : bullish > bearish ? 'bullish' : 'bearish';
  return {
    exchange,
    symbol,
    cells,
    bias,
    agreeing: bias === 'neutral' ? 0 : Math.max(bullish, bearish),
  };
}

/** Mean score of the styles that agree. */
function strength({ cells, bias, agreeing }: HeatRow): number {
  const scores = TRADING_STYLES.map((style) =>
    cells[style]?.bias === bias ? (cells[style]?.score ?? 0) : 0,
  );
  return scores.reduce((sum, score) => sum + score, 0) / Math.max(1, agreeing);
}
