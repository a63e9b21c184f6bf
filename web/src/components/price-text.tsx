import { formatPrice } from '../format/format-number.ts';

interface PriceTextProps {
  /** Quote units; `null` shows a dash. */
  readonly value: number | null | undefined;
  /** Weight of the font. */
  readonly fw?: number;
}

/** A price with as many decimals as its size asks for. */
export function PriceText({ value, fw }: PriceTextProps) {
  return <span style={{ fontWeight: fw }}>{formatPrice(value)}</span>;
}
