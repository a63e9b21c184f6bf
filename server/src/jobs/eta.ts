/** Seconds left at the pace so far; `null` before anything is done. */
export function etaSeconds(elapsedMs: number, done: number, remaining: number): number | null {
  if (done === 0) return null;
  return Math.round((elapsedMs / done) * remaining) / 1000;
}
