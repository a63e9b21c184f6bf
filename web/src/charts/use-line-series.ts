import { type IChartApi, LineSeries, LineStyle } from 'lightweight-charts';
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
  const { label, color, points, pane = 0, isDashed = false } = line;
  const series = chart.addSeries(
    LineSeries,
    {
      title: label,
      color,
      lineWidth: 2,
      lineStyle: isDashed ? LineStyle.Dashed : LineStyle.Solid,
      priceLineVisible: false,
      lastValueVisible: false,
      ...(formatValue
        ? { priceFormat: { type: 'custom' as const, formatter: formatValue, minMove: 0.01 } }
        : {}),
    },
    pane,
  );
  series.setData(
    points.map(({ time, value }) =>
      value === null ? { time: toChartTime(time) } : { time: toChartTime(time), value },
    ),
  );
  return series;
}
