import { CandlestickSeries, HistogramSeries, type IChartApi, type ISeriesApi } from 'lightweight-charts';
import { useEffect, useRef, useState } from 'react';
import { priceDecimals } from '../format/format-number.ts';
import type { ChartColors } from './chart-colors.ts';
import { toChartTime } from './chart-time.ts';
import type { CandleRow } from './chart-types.ts';

interface CandleSeriesOptions {
  readonly candles: readonly CandleRow[];
  readonly colors: ChartColors;
  readonly showsVolume: boolean;
}

type CandleSeries = ISeriesApi<'Candlestick'>;

/** The candles of a chart, with their volume at its foot; `null` until they stand. */
export function useCandleSeries(chart: IChartApi | null, options: CandleSeriesOptions): CandleSeries | null {
  const { candles, colors, showsVolume } = options;
  const [series, setSeries] = useState<CandleSeries | null>(null);
  const firstTime = useRef<number | null>(null);

  useEffect(() => {
    if (!chart) return;
    setSeries(chart.addSeries(CandlestickSeries));
    return () => setSeries(null);
  }, [chart]);

  useEffect(() => {
    const { up, down } = colors;
    series?.applyOptions({
      upColor: up,
      downColor: down,
      borderUpColor: up,
      borderDownColor: down,
      wickUpColor: up,
      wickDownColor: down,
    });
  }, [series, colors]);

  useEffect(() => {
    if (!chart || !series) return;
    const precision = priceDecimals(candles.at(-1)?.[4] ?? 0);
    series.applyOptions({ priceFormat: { type: 'price', precision, minMove: 10 ** -precision } });
    series.setData(candles.map(toCandle));
    const first = candles[0]?.[0] ?? null;
    if (first !== firstTime.current) chart.timeScale().fitContent();
    firstTime.current = first;
  }, [chart, series, candles]);

  useVolume(chart, { candles, colors, isShown: showsVolume });
  return series;
}

interface VolumeOptions {
  readonly candles: readonly CandleRow[];
  readonly colors: ChartColors;
  readonly isShown: boolean;
}

function useVolume(chart: IChartApi | null, { candles, colors, isShown }: VolumeOptions): void {
  useEffect(() => {
    if (!chart || !isShown) return;
    const volume = chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      priceFormat: { type: 'volume' },
      lastValueVisible: false,
      priceLineVisible: false,
    });
    volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    volume.setData(
      candles.map(([time = 0, open = 0, , , close = 0, value = 0]) => {
        return { time: toChartTime(time), value, color: close >= open ? colors.upSoft : colors.downSoft };
      }),
    );
    return () => chart.removeSeries(volume);
  }, [chart, candles, colors, isShown]);
}

function toCandle([time = 0, open = 0, high = 0, low = 0, close = 0]: CandleRow) {
  return { time: toChartTime(time), open, high, low, close };
}
