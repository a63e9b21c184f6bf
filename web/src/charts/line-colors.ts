/** Told apart in both themes and with common colour vision deficiencies (Okabe and Ito). */
const LINE_COLORS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'];

/** The colour of the n-th line, from 0. */
export function lineColor(index: number): string {
  return LINE_COLORS[index % LINE_COLORS.length] ?? '#0072b2';
}
