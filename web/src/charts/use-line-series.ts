import { HistogramSeries, type IChartApi, LineSeries, LineStyle } from 'lightweight-charts';
import { useEffect } from 'react';
import { toChartTime } from './chart-time.ts';
import type { ChartLine } from './chart-types.ts';
import { lineColor } from './line-colors.ts';

/** The lines of a chart. They are drawn anew when the list is another one. */
export function useLineSeries(
  chart: IChartApi | null,
  lines: readonly ChartLine[],
  formatValue?: (value: number) => string,
): void {
  useEffect(() => {
    if (!chart) return;
    const drawn = lines.map((line, index) =>
      drawLine(chart, { ...line, color: line.color ?? lineColor(index) }, formatValue),
    );
    return () => {
      for (const series of drawn) chart.removeSeries(series);
    };
  }, [chart, lines, formatValue]);
}

function drawLine(
  chart: IChartApi,
  line: ChartLine & { readonly color: string },
  formatValue?: (value: number) => string,
) {
  const { label, color, points, pane = 0, isDashed = false, isHistogram = false } = line;
  const options = {
    title: label,
    color,
    priceLineVisible: false,
    lastValueVisible: false,
    ...(formatValue && { priceFormat: { type: 'custom' as const, formatter: formatValue, minMove: 0.01 } }),
  };
  const lineStyle = isDashed ? LineStyle.Dashed : LineStyle.Solid;
  const series = isHistogram
    ? chart.addSeries(HistogramSeries, options, pane)
    : chart.addSeries(LineSeries, { ...options, lineWidth: 2, lineStyle }, pane);
  series.setData(
    points.map(({ time, value }) =>
      value === null ? { time: toChartTime(time) } : { time: toChartTime(time), value },
    ),
  );
  return series;
}
