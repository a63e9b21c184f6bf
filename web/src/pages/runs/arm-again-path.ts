import type { RunMetadata } from '@fast-scanner/client';
import { toSearch } from '../../hooks/use-search-state.ts';
import { ARM_FIELDS } from './arm-choice.ts';

/** The form with the choices of a run that has been, as far as the run still knows them. */
export function armAgainPath(metadata: RunMetadata): string {
  const { mode, exchange, requested: limit, leverage, effective_min_score: min_score } = metadata;
  return `/runs?${toSearch(ARM_FIELDS, { mode, exchange, limit, leverage, min_score })}`;
}
