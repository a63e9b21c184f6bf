import { useEffect, useMemo } from 'react';
import { ChartFrame } from './chart-frame.tsx';
import type { ChartLine, LineChartProps } from './chart-types.ts';
import { useChart } from './use-chart.ts';
import { useLineSeries } from './use-line-series.ts';

/** Loaded by {@link LineChart} when the first chart is shown. */
export function LineCanvas({ label, lines, height = 280, formatValue, baseline }: LineChartProps) {
  const { element, chart, colors } = useChart();
  const drawn = useMemo(() => withBaseline(lines, baseline, colors.flat), [lines, baseline, colors.flat]);
  useLineSeries(chart, drawn, formatValue);
  const first = drawn[0]?.points[0]?.time;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another beginning is another curve, which is shown whole
  useEffect(() => chart?.timeScale().fitContent(), [chart, first, drawn.length]);
  return <ChartFrame element={element} label={label} height={height} />;
}

function withBaseline(
  lines: readonly ChartLine[],
  baseline: number | undefined,
  color: string,
): readonly ChartLine[] {
  const times = lines[0]?.points.map(({ time }) => time) ?? [];
  if (baseline === undefined || times.length === 0) return lines;
  const points = times.map((time) => ({ time, value: baseline }));
  return [...lines, { id: 'baseline', label: '', color, points, isDashed: true }];
}
