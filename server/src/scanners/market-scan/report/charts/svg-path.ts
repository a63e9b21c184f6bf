/** Across and down, in units of the drawing. */
export type Point = readonly [x: number, y: number];

/** The path data of a line through the points, to a tenth of a unit; empty without points. */
export function linePath(points: readonly Point[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

/** The path data of the area between a line and a horizontal; empty without points. */
export function areaPath(points: readonly Point[], baseline: number): string {
  const [first, last] = [points.at(0), points.at(-1)];
  if (!first || !last) return '';
  return `${linePath(points)}L${round(last[0])} ${round(baseline)}L${round(first[0])} ${round(baseline)}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10 + 0; // no −0
}
