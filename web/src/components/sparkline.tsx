import { memo } from 'react';
import { directionColor, directionOfNumber } from '../format/direction.ts';

interface SparklineProps {
  /** Oldest first. */
  readonly values: readonly number[];
  readonly width?: number;
  readonly height?: number;
}

const PAD = 1.5;

/** The course of some values as a small line, in the colour of its direction. One path, so that hundreds of them cost little. */
export const Sparkline = memo(function Sparkline({ values, width = 88, height = 24 }: SparklineProps) {
  const first = values[0];
  const last = values.at(-1);
  if (first === undefined || last === undefined || values.length < 2) return null;
  return (
    <svg width={width} height={height} aria-hidden focusable={false} style={{ display: 'block' }}>
      <path
        d={toPath(values, width, height)}
        fill="none"
        stroke={directionColor(directionOfNumber(last - first))}
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
    </svg>
  );
});

function toPath(values: readonly number[], width: number, height: number): string {
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const step = (width - 2 * PAD) / (values.length - 1);
  const points = values.map((value, index) => {
    const y = height - PAD - ((value - low) / range) * (height - 2 * PAD);
    return `${(PAD + index * step).toFixed(1)},${y.toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}
