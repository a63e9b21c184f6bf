import { directionColor, directionOf } from '../format/direction.ts';
import { DirectionIcon } from './direction-icon.tsx';
import classes from './signal-badge.module.css';

interface SignalBadgeProps {
  /** A word of the wire that points somewhere: BUY, SHORT, bullish, bear, ranging … */
  readonly signal: string;
  /** What is read instead of the word. */
  readonly label?: string;
}

/** Where a signal points, as word, icon and colour. */
export function SignalBadge({ signal, label = signal }: SignalBadgeProps) {
  const direction = directionOf(signal);
  return (
    <span
      className={classes['badge']}
      data-direction={direction}
      style={{ color: directionColor(direction) }}
    >
      <DirectionIcon direction={direction} />
      {label}
    </span>
  );
}
