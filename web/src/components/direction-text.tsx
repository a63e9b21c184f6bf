import { Text, type TextProps } from '@mantine/core';
import { directionColor, directionOfNumber } from '../format/direction.ts';
import { formatPercent, formatSigned } from '../format/format-number.ts';

interface DirectionTextProps extends TextProps {
  /** `null` shows a dash. */
  readonly value: number | null | undefined;
  /** Default `percent`: the value is one already. */
  readonly format?: 'percent' | 'number';
  readonly decimals?: number;
}

/** A change: with its sign, in the user's colour of its direction. */
export function DirectionText({ value, format = 'percent', decimals = 2, ...text }: DirectionTextProps) {
  const written = format === 'percent' ? formatPercent(value, decimals) : formatSigned(value, decimals);
  return (
    <Text span inherit c={directionColor(directionOfNumber(value))} {...text}>
      {written}
    </Text>
  );
}
