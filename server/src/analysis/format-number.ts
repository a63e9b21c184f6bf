/** A number for a rationale; "n/a" for none. */
export function formatNumber(value: number | null, digits = 1): string {
  return value === null ? 'n/a' : value.toFixed(digits);
}

/** A number for a rationale that always carries its sign. */
export function formatSigned(value: number | null, digits = 2): string {
  if (value === null) return 'n/a';
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : `+${text}`;
}
