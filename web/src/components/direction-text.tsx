import { directionColor, directionOfNumber } from '../format/direction.ts';
import { formatPercent, formatSigned } from '../format/format-number.ts';

interface DirectionTextProps {
  /** `null` shows a dash. */
  readonly value: number | null | undefined;
  /** Default `percent`: the value is one already. */
  readonly format?: 'percent' | 'number';
  readonly decimals?: number;
  /** Weight of the font. */
  readonly fw?: number;
}

/** A change: with its sign, in the user's colour of its direction. A plain element, for tables have hundreds of them. */
export function DirectionText({ value, format = 'percent', decimals = 2, fw }: DirectionTextProps) {
  const text = format === 'percent' ? formatPercent(value, decimals) : formatSigned(value, decimals);
  return <span style={{ color: directionColor(directionOfNumber(value)), fontWeight: fw }}>{text}</span>;
}
