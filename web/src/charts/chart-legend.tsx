import classes from './chart-legend.module.css';
import { lineColor } from './line-colors.ts';

interface ChartLegendProps {
  /** Of the lines, in their order. */
  readonly labels: readonly string[];
}

/** Which line is which: its colour, and the place of its name in the order of the chart. */
export function ChartLegend({ labels }: ChartLegendProps) {
  return (
    <ul className={classes['legend']}>
      {labels.map((label, index) => (
        <li key={label} className={classes['item']}>
          <span className={classes['swatch']} style={{ background: lineColor(index) }} aria-hidden />
          {label}
        </li>
      ))}
    </ul>
  );
}
