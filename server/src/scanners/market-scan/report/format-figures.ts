/** Shown where there is no value. */
export const NO_VALUE = '–';

const MINUS = '−';

const PLAIN = [0, 1, 2].map((decimals) => createFormat(decimals, 'auto'));
const SIGNED = [0, 1, 2].map((decimals) => createFormat(decimals, 'exceptZero'));

type Decimals = 0 | 1 | 2;

/** A number with its thousands apart, as `12,345.67`. What rounds to zero has no sign. */
export function formatNumber(value: number, decimals: Decimals = 2): string {
  return write(PLAIN[decimals], value);
}

/** The same with its sign, as `+12.30`. */
export function formatSigned(value: number, decimals: Decimals = 2): string {
  return write(SIGNED[decimals], value);
}

/** {@link NO_VALUE} for `null`. */
export function formatOrNone(value: number | null, format: (value: number) => string = formatNumber): string {
  return value === null ? NO_VALUE : format(value);
}

/** A percentage with its unit, as `+12.30 %`. */
export function formatPct(value: number, format: (value: number) => string = formatNumber): string {
  return `${format(value)}\u00a0%`;
}

/** A share of the whole (0–1) in percent without unit, as short as it can be said: `0.05` for 0.0005. */
export function formatRate(ratio: number): string {
  return String(Number((ratio * 100).toPrecision(6)));
}

/** How many there are of something: `1 stock`, `2 stocks`. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count, 0)} ${count === 1 ? singular : plural}`;
}

/** `2026-01-02 03:04 UTC` of an ISO time. */
export function formatMinute(isoTime: string): string {
  return `${isoTime.slice(0, 16).replace('T', ' ')} UTC`;
}

const SCALES = [
  { from: 1e12, letter: 'T' },
  { from: 1e9, letter: 'B' },
  { from: 1e6, letter: 'M' },
  { from: 1e4, divisor: 1e3, letter: 'k' },
] as const;

/** Labels of an axis of money: all in the same scale, with as many decimals as the distance between them needs (`5.0M`, `5.5M`). */
export function createAmountFormat(largest: number, step: number): (value: number) => string {
  const scale = SCALES.find(({ from }) => Math.abs(largest) >= from);
  const divisor = scale ? ('divisor' in scale ? scale.divisor : scale.from) : 1;
  const decimals = Math.max(0, -Math.floor(Math.log10(step / divisor) + 1e-9));
  return (value) => (value / divisor).toFixed(decimals).replace('-', MINUS) + (scale?.letter ?? '');
}

function createFormat(decimals: number, signDisplay: 'auto' | 'exceptZero'): Intl.NumberFormat {
  return new Intl.NumberFormat('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: signDisplay === 'auto' ? 'negative' : signDisplay,
  });
}

function write(format: Intl.NumberFormat | undefined, value: number): string {
  return format?.format(value).replace('-', MINUS) ?? NO_VALUE;
}
