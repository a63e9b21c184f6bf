import type { Confluence, ScanResult } from '@fast-scanner/shared';

/** How far the price of a symbol moved from one scan to the next. */
export interface PriceMove {
  /** Percent of the earlier price. */
  readonly pct: number;
  /** ATRs of the earlier scan, without a sign; `null` when it has none. */
  readonly atrs: number | null;
}

export function measurePrice(before: ScanResult, after: ScanResult): PriceMove {
  const { atr } = before.indicators;
  return {
    pct: (after.price / before.price - 1) * 100,
    atrs: atr ? Math.abs(after.price - before.price) / atr : null,
  };
}

/** Points of strength gained; `null` when the signal is not the same, which makes it a turn. */
export function measureStrength(before: ScanResult, after: ScanResult): number | null {
  return before.signal === after.signal ? after.strength - before.strength : null;
}

export function describePrice({ symbol }: ScanResult, { pct, atrs }: PriceMove): string {
  return `${symbol} moved ${pct.toFixed(2)} %${atrs === null ? '' : ` (${atrs.toFixed(1)} ATR)`}`;
}

export function describeStrength({ symbol, signal }: ScanResult, delta: number): string {
  return `${symbol} ${signal} ${delta < 0 ? 'lost' : 'gained'} ${Math.abs(delta).toFixed(0)} points`;
}

export function describeTurn({ symbol }: ScanResult, from: string, to: string): string {
  return `${symbol} went from ${from} to ${to}`;
}

/** `4 of 5 timeframes are bullish: 15m, 1h, 4h, 1d`. */
export function describeConfluence({ symbol }: ScanResult, confluence: Confluence): string {
  const { agreeing, timeframes, bias } = confluence;
  const names = agreeing.length === 0 ? '' : `: ${agreeing.join(', ')}`;
  return `${symbol}: ${agreeing.length} of ${timeframes.length} timeframes are ${bias}${names}`;
}
