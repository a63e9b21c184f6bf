const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`, `4 d 3 h`: two units at most. */
export function formatDuration(durationMs: number | null | undefined): string {
  if (durationMs === null || durationMs === undefined) return '–';
  const ms = Math.max(0, durationMs);
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return join([ms / MINUTE_MS, 'min'], [(ms % MINUTE_MS) / SECOND_MS, 's']);
  if (ms < DAY_MS) return join([ms / HOUR_MS, 'h'], [(ms % HOUR_MS) / MINUTE_MS, 'min']);
  return join([ms / DAY_MS, 'd'], [(ms % DAY_MS) / HOUR_MS, 'h']);
}

/** `4 min ago`, `just now`. */
export function formatAge(ageMs: number): string {
  if (ageMs < 5 * SECOND_MS) return 'just now';
  const unit = [DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS].find((size) => ageMs >= size) ?? SECOND_MS;
  return `${formatDuration(Math.floor(ageMs / unit) * unit)} ago`;
}

function join(...parts: readonly (readonly [number, string])[]): string {
  return parts
    .map(([value, unit]) => [Math.floor(value), unit] as const)
    .filter(([value], index) => index === 0 || value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(' ');
}
