import { type Html, html } from '../html.ts';
import { DRAWING, renderChart, toPercent } from './chart-frame.ts';
import { dateTicks } from './date-ticks.ts';
import { downsample } from './downsample.ts';
import { createLinearScale, type LinearScale } from './linear-scale.ts';
import { areaPath, linePath, type Point } from './svg-path.ts';

export interface CurveSeries {
  /** How it looks; see the style of the report. */
  readonly role: 'strategy' | 'benchmark';
  /** One value per day of the chart. */
  readonly values: readonly number[];
  /** Whether the area between the line and zero is filled. */
  readonly isArea?: boolean;
}

export interface CurveChart {
  /** Unique within the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** At least two days, epoch ms UTC, rising. */
  readonly times: readonly number[];
  /** Drawn in this order. */
  readonly series: readonly CurveSeries[];
  readonly axis: CurveAxis;
  /** A point of the chart that is called by its name. */
  readonly mark?: { readonly time: number; readonly value: number; readonly label: string };
}

export interface CurveAxis {
  readonly scale: LinearScale;
  readonly format: (value: number) => string;
  /** Which end of the scale is the upper one. */
  readonly top: 'high' | 'low';
}

/** Lines or areas over time. Long curves are thinned to what can be seen; peaks and troughs stay. */
export function renderCurveChart(chart: CurveChart): Html {
  const { id, title, description, times, series, axis } = chart;
  const timeScale = createLinearScale(times.at(0) ?? 0, times.at(-1) ?? 0, { ends: 'values' });
  const height = (value: number) => heightOf(value, axis);
  const toPoint = (time: number, value: number): Point => [
    timeScale.position(time) * DRAWING.width,
    height(value) * DRAWING.height,
  ];
  return renderChart({
    id,
    title,
    description,
    xTicks: dateTicks(times.at(0) ?? 0, times.at(-1) ?? 0).map(({ time, label }) => ({
      at: timeScale.position(time),
      label,
    })),
    yTicks: axis.scale.ticks.map((value) => ({ at: height(value), label: axis.format(value) })),
    drawing: html`${series.map((one) => renderSeries(one, times, toPoint))}`,
    ...(chart.mark && { marks: renderMark(chart.mark, toPoint) }),
  });
}

function heightOf(value: number, { scale, top }: CurveAxis): number {
  const position = scale.position(value);
  return top === 'high' ? 1 - position : position;
}

function renderSeries(
  { role, values, isArea = false }: CurveSeries,
  times: readonly number[],
  toPoint: (time: number, value: number) => Point,
): Html {
  const points = downsample(values).map((index) => toPoint(times[index] ?? 0, values[index] ?? 0));
  const baseline = toPoint(times[0] ?? 0, 0)[1];
  const area = isArea ? html`<path class="area" d="${areaPath(points, baseline)}"/>` : null;
  return html`${area}<path class="line ${role}" d="${linePath(points)}"/>`;
}

function renderMark(
  { time, value, label }: NonNullable<CurveChart['mark']>,
  toPoint: (time: number, value: number) => Point,
): Html {
  const [x, y] = toPoint(time, value);
  const isRight = x > DRAWING.width / 2;
  const [across, down] = [toPercent(x / DRAWING.width), toPercent(y / DRAWING.height)];
  return html`<circle class="mark" cx="${across}" cy="${down}" r="4"/>
<text class="mark-label${isRight ? ' before' : ''}" x="${across}" y="${down}" dx="${isRight ? -10 : 10}" dy=".32em">${label}</text>`;
}
