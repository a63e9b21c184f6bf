import type { CandlesResponse, IndicatorLine } from '@fast-scanner/client';
import type { ChartLine } from '../../charts/chart-types.ts';

interface Place {
  readonly label: string;
  /** Lines of one scale stand in one pane, from the top down. */
  readonly scale: 'price' | 'rsi' | 'macd';
}

const PLACES: Readonly<Record<IndicatorLine, Place>> = {
  ema20: { label: 'EMA 20', scale: 'price' },
  ema50: { label: 'EMA 50', scale: 'price' },
  ema200: { label: 'EMA 200', scale: 'price' },
  bollingerUpper: { label: 'Upper band', scale: 'price' },
  bollingerMiddle: { label: 'Middle band', scale: 'price' },
  bollingerLower: { label: 'Lower band', scale: 'price' },
  rsi: { label: 'RSI 14', scale: 'rsi' },
  macdLine: { label: 'MACD', scale: 'macd' },
  macdSignal: { label: 'Signal', scale: 'macd' },
  macdHistogram: { label: 'Histogram', scale: 'macd' },
};

/** The indicators as lines over and below the candles; panes are numbered without a hole. */
export function toChartLines({ candles, indicators }: CandlesResponse): readonly ChartLine[] {
  const names = Object.keys(indicators) as IndicatorLine[]; // the contract has no others
  const scales = ['rsi', 'macd'].filter((scale) => names.some((name) => PLACES[name].scale === scale));
  return names.map((name) => {
    const { label, scale } = PLACES[name];
    const values = indicators[name] ?? [];
    const points = candles.map(([time = 0], index) => ({ time, value: values[index] ?? null }));
    const isHistogram = name === 'macdHistogram';
    return { id: name, label, points, pane: scales.indexOf(scale) + 1, isHistogram };
  });
}
