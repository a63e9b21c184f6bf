import type { RunMetadata } from '@fast-scanner/client';

/** The form with the choices of a run that has been, as far as the run still knows them. */
export function armAgainPath({
  mode,
  exchange,
  requested,
  leverage,
  effective_min_score,
}: RunMetadata): string {
  const choice = new URLSearchParams({
    mode,
    exchange,
    limit: String(requested),
    leverage: String(leverage),
    min_score: String(effective_min_score),
  });
  return `/runs?${choice}`;
}
