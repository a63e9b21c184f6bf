const MISSING = '–';
const formats = new Map<number, Intl.NumberFormat>();
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** With thousands separators and a fixed number of decimals; a dash for what does not exist. */
export function formatNumber(value: number | null | undefined, decimals = 0): string {
  if (value === null || value === undefined) return MISSING;
  let format = formats.get(decimals);
  if (!format) {
    format = new Intl.NumberFormat('en', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formats.set(decimals, format);
  }
  return withMinus(format.format(value === 0 ? 0 : value)); // no minus zero
}

/** A price in quote units with as many decimals as its size asks for. */
export function formatPrice(price: number | null | undefined): string {
  return formatNumber(price, price === null || price === undefined ? 0 : priceDecimals(price));
}

/** Decimals that show about six digits of a price: 2 for 43,210.55, 6 for 0.012345. */
export function priceDecimals(price: number): number {
  const magnitude = Math.floor(Math.log10(Math.abs(price) || 1));
  return Math.min(10, Math.max(2, 4 - magnitude));
}

/** `1.4` as `+1.40 %`: the sign is always there, so that colour is never alone. */
export function formatPercent(percent: number | null | undefined, decimals = 2): string {
  return percent === null || percent === undefined ? MISSING : `${formatSigned(percent, decimals)} %`;
}

/** `0.614` as `61 %`. */
export function formatShare(ratio: number | null | undefined, decimals = 0): string {
  return ratio === null || ratio === undefined ? MISSING : `${formatNumber(ratio * 100, decimals)} %`;
}

export function formatSigned(value: number | null | undefined, decimals = 2): string {
  if (value === null || value === undefined) return MISSING;
  const text = formatNumber(Math.abs(value), decimals);
  if (Number(text.replaceAll(',', '')) === 0) return text;
  return `${value > 0 ? '+' : '−'}${text}`;
}

/** `1234567` as `1.2M`. */
export function formatCompact(value: number | null | undefined): string {
  return value === null || value === undefined ? MISSING : withMinus(compact.format(value));
}

/** `1 symbol`, `3 symbols`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** With the minus that is as wide as a plus, instead of the hyphen. */
function withMinus(text: string): string {
  return text.replace('-', '−');
}
