import { useMediaQuery } from '@mantine/hooks';
import { type AutoscaleInfo, createSeriesMarkers, type ISeriesApi, LineStyle } from 'lightweight-charts';
import { useEffect, useMemo } from 'react';
import type { ChartColors } from './chart-colors.ts';
import { ChartFrame } from './chart-frame.tsx';
import { ChartLegend } from './chart-legend.tsx';
import { toChartTime } from './chart-time.ts';
import type { CandleChartProps, ChartLevel, ChartMarker } from './chart-types.ts';
import { useCandleSeries } from './use-candle-series.ts';
import { useChart } from './use-chart.ts';
import { useLineSeries } from './use-line-series.ts';

const NONE: readonly never[] = [];
/** There names would cover the candles: the legend has those of the lines, the scale the prices of the levels. */
const NARROW = '(max-width: 500px)';

/** Loaded by {@link CandleChart} when the first chart is shown. */
export function CandleCanvas(props: CandleChartProps) {
  const {
    label,
    candles,
    height = 360,
    showsVolume = true,
    lines = NONE,
    levels = NONE,
    markers = NONE,
  } = props;
  const { element, chart, colors } = useChart();
  const series = useCandleSeries(chart, { candles, colors, showsVolume });
  const isNarrow = useMediaQuery(NARROW) ?? false;
  const drawnLines = useMemo(() => (isNarrow ? lines.map(unnamed) : lines), [lines, isNarrow]);
  const drawnLevels = useMemo(() => (isNarrow ? levels.map(unnamed) : levels), [levels, isNarrow]);
  useLineSeries(chart, drawnLines);
  useLevels(series, drawnLevels, colors);
  useMarkers(series, markers, colors);
  return (
    <>
      <ChartFrame element={element} label={label} height={height} />
      {isNarrow && lines.length > 0 && <ChartLegend labels={lines.map((line) => line.label)} />}
    </>
  );
}

function unnamed<Named extends { readonly label: string }>(named: Named): Named {
  return { ...named, label: '' };
}

function useLevels(
  series: ISeriesApi<'Candlestick'> | null,
  levels: readonly ChartLevel[],
  colors: ChartColors,
): void {
  useEffect(() => {
    if (!series) return;
    const drawn = levels.map(({ price, label, direction, isDashed = true }) =>
      series.createPriceLine({
        price,
        title: label,
        color: colors[direction],
        lineWidth: 1,
        lineStyle: isDashed ? LineStyle.Dashed : LineStyle.Solid,
        axisLabelVisible: true,
      }),
    );
    const prices = levels.map(({ price }) => price);
    series.applyOptions({
      autoscaleInfoProvider: (scale: () => AutoscaleInfo | null) => includePrices(scale(), prices),
    });
    return () => {
      for (const line of drawn) series.removePriceLine(line);
    };
  }, [series, levels, colors]);
}

/** Levels are in sight wherever they lie: by itself the chart makes room for candles alone. */
function includePrices(scale: AutoscaleInfo | null, prices: readonly number[]): AutoscaleInfo | null {
  if (!scale?.priceRange) return scale;
  const { minValue, maxValue } = scale.priceRange;
  const priceRange = { minValue: Math.min(minValue, ...prices), maxValue: Math.max(maxValue, ...prices) };
  return { ...scale, priceRange };
}

function useMarkers(
  series: ISeriesApi<'Candlestick'> | null,
  markers: readonly ChartMarker[],
  colors: ChartColors,
): void {
  useEffect(() => {
    if (!series) return;
    const drawn = createSeriesMarkers(
      series,
      markers.map((marker) => toMarker(marker, colors)),
    );
    return () => drawn.detach();
  }, [series, markers, colors]);
}

function toMarker({ time, direction, label }: ChartMarker, colors: ChartColors) {
  const isDown = direction === 'down';
  return {
    time: toChartTime(time),
    position: isDown ? ('aboveBar' as const) : ('belowBar' as const),
    shape:
      direction === 'flat' ? ('circle' as const) : isDown ? ('arrowDown' as const) : ('arrowUp' as const),
    color: colors[direction],
    text: label,
  };
}
