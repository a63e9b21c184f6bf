import { formatNumber } from '../format/format-number.ts';
import classes from './score-bar.module.css';

interface ScoreBarProps {
  /** 0–100; `null` shows a dash. */
  readonly value: number | null;
  /** What it is the score of, for screen readers. */
  readonly label: string;
  /** CSS colour; default the accent. */
  readonly color?: string;
}

/** A score from 0 to 100 as a number with a bar behind it. */
export function ScoreBar({ value, label, color = 'var(--mantine-primary-color-filled)' }: ScoreBarProps) {
  if (value === null) return <span className={classes['none']}>–</span>;
  return (
    <span className={classes['score']}>
      <span className={classes['track']} aria-hidden>
        <span className={classes['fill']} style={{ width: `${value}%`, background: color }} />
      </span>
      <span className={classes['value']} title={`${label}: ${formatNumber(value, 1)} of 100`}>
        {formatNumber(value)}
      </span>
    </span>
  );
}
