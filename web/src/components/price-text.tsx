import { Text, type TextProps } from '@mantine/core';
import { formatPrice } from '../format/format-number.ts';

interface PriceTextProps extends TextProps {
  /** Quote units; `null` shows a dash. */
  readonly value: number | null | undefined;
}

/** A price with as many decimals as its size asks for. */
export function PriceText({ value, ...text }: PriceTextProps) {
  return (
    <Text span inherit {...text}>
      {formatPrice(value)}
    </Text>
  );
}
