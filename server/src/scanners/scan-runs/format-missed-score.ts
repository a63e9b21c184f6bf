/** A score that missed a minimum, to one decimal and rounded down: 64.96 must not read as the 65 it fell short of. */
export function formatMissedScore(score: number): string {
  return (Math.floor(score * 10) / 10).toFixed(1);
}
