import { type Html, html } from '../html.ts';

/** Size of the drawing in a chart, in its own units: stretched to whatever room there is. */
export const DRAWING = { width: 1000, height: 300 } as const;

/** A tick of an axis. */
export interface AxisTick {
  /** Share of the axis, 0–1, from the left or from the top. */
  readonly at: number;
  readonly label: string;
}

export interface ChartFrame {
  /** Unique within the page. */
  readonly id: string;
  readonly title: string;
  /** What there is to see, for those who do not. */
  readonly description: string;
  readonly xTicks: readonly AxisTick[];
  readonly yTicks: readonly AxisTick[];
  /** Shapes in units of {@link DRAWING}. */
  readonly drawing: Html;
  /** Marks above the drawing that keep their form however it is stretched, placed in percent. */
  readonly marks?: Html;
}

/**
 * A chart with its axes. Shapes stretch with the page, text and strokes do not: the same markup reads well on a phone, on a wide
 * screen and on paper.
 */
export function renderChart({ id, title, description, xTicks, yTicks, drawing, marks }: ChartFrame): Html {
  return html`<svg class="chart" role="img" aria-labelledby="${id}-title ${id}-text">
<title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>
${yTicks.map(renderRow)}${xTicks.map(renderColumn)}
<svg viewBox="0 0 ${DRAWING.width} ${DRAWING.height}" preserveAspectRatio="none" width="100%" height="100%">${drawing}</svg>
${marks ?? null}</svg>`;
}

/** A share of the drawing's width or height as the attribute of a mark. */
export function toPercent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`;
}

function renderRow({ at, label }: AxisTick): Html {
  const y = toPercent(at);
  return html`<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}"/><text class="y-label" x="-8" y="${y}" dy=".32em">${label}</text>`;
}

/** Every second label has a class by which narrow screens leave it out. */
function renderColumn({ at, label }: AxisTick, index: number): Html {
  const x = toPercent(at);
  const className = index % 2 === 0 ? 'x-label' : 'x-label second';
  return html`<line class="grid" x1="${x}" x2="${x}" y1="0" y2="100%"/><text class="${className}" x="${x}" y="100%" dy="1.6em">${label}</text>`;
}
