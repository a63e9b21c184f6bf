import type { ContinuousSignal, ContinuousSignalType } from '@fast-scanner/shared';
import { formatNumber, formatPrice } from '../format-cells.ts';
import type { Tone } from '../palette.ts';
import { type LayoutOptions, type LiveColumn, layOutTable } from './lay-out-table.ts';

type SignalColumn = LiveColumn<ContinuousSignal>;

export interface LiveTableOptions extends LayoutOptions {
  /** The server's time, epoch ms UTC. */
  readonly now: number;
}

const TYPE_TONES: Readonly<Record<ContinuousSignalType, Tone>> = {
  MOMENTUM_BUY: 'good',
  MOMENTUM_SELL: 'bad',
  REVERSION_BULLISH: 'good',
  REVERSION_BEARISH: 'bad',
  STRONG_BUY: 'good',
  STRONG_SELL: 'bad',
  WEAK_BUY: 'good',
  WEAK_SELL: 'bad',
  NEUTRAL: 'quiet',
};

const SYMBOL: SignalColumn = {
  title: 'Symbol',
  shortTitle: 'Symbol',
  align: 'left',
  text: ({ symbol }) => symbol,
};
const EXCHANGE: SignalColumn = {
  title: 'Exchange',
  shortTitle: 'Exch.',
  align: 'left',
  text: ({ exchange }) => exchange,
};
const COLUMNS: readonly SignalColumn[] = [
  { title: 'Style', shortTitle: 'Style', align: 'left', text: ({ style }) => style },
  { title: 'Timeframe', shortTitle: 'TF', align: 'left', text: ({ timeframe }) => timeframe },
  {
    title: 'Type',
    shortTitle: 'Type',
    align: 'left',
    text: ({ signal_type }) => signal_type,
    tone: ({ signal_type }) => TYPE_TONES[signal_type],
  },
  {
    title: 'Score',
    shortTitle: 'Score',
    align: 'right',
    text: ({ combined_score }) => formatNumber(combined_score, 1),
  },
  {
    title: 'Momentum',
    shortTitle: 'Mom.',
    align: 'right',
    text: ({ momentum }) => formatNumber(momentum.momentum_score, 1),
  },
  {
    title: 'Reversion',
    shortTitle: 'Rev.',
    align: 'right',
    text: ({ reversion }) => formatNumber(reversion.reversion_score, 1),
  },
  { title: 'Price', shortTitle: 'Price', align: 'right', text: ({ price }) => formatPrice(price) },
];

/** Signals in their order, a line each, below a line of titles. The exchange is named where there are several. */
export function renderLiveTable(
  signals: readonly ContinuousSignal[],
  { now, ...layout }: LiveTableOptions,
): readonly string[] {
  const isMixed = new Set(signals.map(({ exchange }) => exchange)).size > 1;
  const age: SignalColumn = {
    title: 'Age',
    shortTitle: 'Age',
    align: 'right',
    text: ({ timestamp }) => formatAge((now - Date.parse(timestamp)) / 1000),
  };
  return layOutTable([SYMBOL, ...(isMixed ? [EXCHANGE] : []), ...COLUMNS, age], signals, layout);
}

/** `12 s`, `3 min`, `5 h`, `2 d`; what comes from a clock that is ahead is new. */
export function formatAge(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  return whole < 2 * 86_400 ? `${Math.floor(whole / 3600)} h` : `${Math.floor(whole / 86_400)} d`;
}
