import type { ScorecardGroup } from '@fast-scanner/client';
import { formatShare } from '../../format/format-number.ts';
import classes from './interval-bar.module.css';
import { type IntervalScale, placeOn } from './interval-scale.ts';

interface IntervalBarProps
  extends Pick<ScorecardGroup, 'hit_rate' | 'hit_interval' | 'hit_interval_independent'> {
  readonly scale: IntervalScale;
}

/**
 * A hit rate with both of its intervals: the thin one, wider, counts trades that overlap once. The line through the bar is 50 %. The numbers
 * stand beside it.
 */
export function IntervalBar({ scale, hit_rate, hit_interval, hit_interval_independent }: IntervalBarProps) {
  if (hit_rate === null) return <>–</>;
  const believed = hit_interval_independent ?? hit_interval;
  return (
    <span className={classes['bar']}>
      <span className={classes['track']} aria-hidden>
        {hit_interval_independent && <Span {...hit_interval_independent} scale={scale} kind="outer" />}
        {hit_interval && <Span {...hit_interval} scale={scale} kind="inner" />}
        <span className={classes['half']} style={{ left: `${placeOn(scale, 0.5)}%` }} />
        <span className={classes['point']} style={{ left: `${placeOn(scale, hit_rate)}%` }} />
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
  readonly scale: IntervalScale;
  readonly kind: 'inner' | 'outer';
}

function Span({ low, high, scale, kind }: SpanProps) {
  const left = placeOn(scale, low);
  return (
    <span className={classes[kind]} style={{ left: `${left}%`, width: `${placeOn(scale, high) - left}%` }} />
  );
}
