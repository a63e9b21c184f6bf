import type { ScorecardGroup } from '@fast-scanner/client';
import { formatShare } from '../../format/format-number.ts';
import classes from './interval-bar.module.css';

type IntervalBarProps = Pick<ScorecardGroup, 'hit_rate' | 'hit_interval' | 'hit_interval_independent'>;

/**
 * A hit rate as a point between 0 and 100 %, with both of its intervals: the thin one, wider, counts signals that overlap once. A line marks
 * 50 %. The numbers stand beside it.
 */
export function IntervalBar({ hit_rate, hit_interval, hit_interval_independent }: IntervalBarProps) {
  if (hit_rate === null) return <>–</>;
  const believed = hit_interval_independent ?? hit_interval;
  return (
    <span className={classes['bar']}>
      <span className={classes['track']} aria-hidden>
        <span className={classes['half']} />
        {hit_interval_independent && <Span {...hit_interval_independent} kind="outer" />}
        {hit_interval && <Span {...hit_interval} kind="inner" />}
        <span className={classes['point']} style={{ left: `${hit_rate * 100}%` }} />
      </span>
      <span className={classes['text']}>
        <b>{formatShare(hit_rate, 1)}</b>
        {believed && (
          <span className={classes['quiet']}>
            {formatShare(believed.low, 1)} to {formatShare(believed.high, 1)}
          </span>
        )}
      </span>
    </span>
  );
}

interface SpanProps {
  readonly low: number;
  readonly high: number;
  readonly kind: 'inner' | 'outer';
}

function Span({ low, high, kind }: SpanProps) {
  return (
    <span className={classes[kind]} style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
  );
}
