import { type LucideIcon, Minus, TrendingDown, TrendingUp } from 'lucide-react';
import type { Direction } from '../format/direction.ts';

const ICONS: Readonly<Record<Direction, LucideIcon>> = { up: TrendingUp, down: TrendingDown, flat: Minus };

/** The shape that says what the colour says. */
export function DirectionIcon({
  direction,
  size = 14,
}: {
  readonly direction: Direction;
  readonly size?: number;
}) {
  const Icon = ICONS[direction];
  return <Icon size={size} aria-hidden focusable={false} />;
}
