/** Shown where there is no value. */
export const NO_VALUE = '–';

/** A price in quote units as the exchange would write it: no exponent, no grouping. */
export function formatPrice(price: number | null | undefined): string {
  if (price === null || price === undefined) return NO_VALUE;
  return price.toLocaleString('en-US', { maximumSignificantDigits: 8, useGrouping: false });
}

export function formatNumber(value: number | null | undefined, decimals: number): string {
  return value === null || value === undefined ? NO_VALUE : value.toFixed(decimals);
}

/** Percent with its sign. */
export function formatChange(changePct: number | null): string {
  if (changePct === null) return NO_VALUE;
  return `${changePct > 0 ? '+' : ''}${changePct.toFixed(2)} %`;
}

/** `2025-06-22 23:45 UTC` of an ISO time. */
export function formatMinute(isoTime: string): string {
  return `${isoTime.slice(0, 16).replace('T', ' ')} UTC`;
}

export function formatSeconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(durationMs < 10_000 ? 2 : 0)} s`;
}

/** How long something still takes; `null` when nobody can say yet. */
export function formatEta(seconds: number | null): string {
  if (seconds === null) return NO_VALUE;
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Money in whole dollars, as `-$1,250`. */
export function formatMoney(amount: number): string {
  const whole = Math.round(amount);
  return `${whole < 0 ? '-' : ''}$${Math.abs(whole).toLocaleString('en-US')}`;
}

/** Percent without a sign of its own. */
export function formatPercent(pct: number | null, decimals = 1): string {
  return pct === null ? NO_VALUE : `${pct.toFixed(decimals)} %`;
}

/** A ratio (0–1) as percent. */
export function formatShare(ratio: number | null, decimals = 1): string {
  return formatPercent(ratio === null ? null : ratio * 100, decimals);
}

/** `503 stocks`, `1 stock`. */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
