import { formatNumber } from '../../format/format-number.ts';
import classes from './threshold-bar.module.css';

interface ThresholdBarProps {
  /** 0–100; `null` when it came to none. */
  readonly score: number | null;
  /** What it had to reach; `null` when the score was not what mattered. */
  readonly threshold: number | null;
}

/** A score with a mark where the minimum is. */
export function ThresholdBar({ score, threshold }: ThresholdBarProps) {
  if (score === null) return <>–</>;
  return (
    <span className={classes['bar']}>
      <span className={classes['track']} aria-hidden>
        <span className={classes['fill']} style={{ width: `${score}%` }} />
        {threshold !== null && <span className={classes['mark']} style={{ left: `${threshold}%` }} />}
      </span>
      <span>
        {formatNumber(floorTenths(score), 1)}
        {threshold !== null && <span className={classes['quiet']}> / {formatNumber(threshold)}</span>}
      </span>
    </span>
  );
}

/** Never up: a score that is not enough must not look as if it were. */
function floorTenths(score: number): number {
  return Math.floor(score * 10) / 10;
}
