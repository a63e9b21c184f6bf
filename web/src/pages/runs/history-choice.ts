import type { JobStatus, RunsQueryInput } from '@fast-scanner/client';
import { choiceField, listField, type SearchField, textField } from '../../hooks/use-search-state.ts';

export const STATUS_CHOICES = [
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
] as const satisfies readonly JobStatus[];

/** Which runs are listed, and which two of them are compared. */
export interface HistoryChoice {
  readonly q: string;
  readonly status: JobStatus | null;
  /** The mode that a run had; empty: any. */
  readonly was: string;
  /** Ids of runs, two at most. */
  readonly compare: readonly string[];
}

export const HISTORY_FIELDS: { readonly [Name in keyof HistoryChoice]: SearchField<HistoryChoice[Name]> } = {
  q: textField(),
  status: choiceField(STATUS_CHOICES),
  was: textField(),
  compare: listField(),
};

export function toRunsQuery({ q, status, was }: HistoryChoice): RunsQueryInput {
  return {
    ...(q === '' ? {} : { q }),
    ...(status === null ? {} : { status }),
    ...(was === '' ? {} : { mode: was as NonNullable<RunsQueryInput['mode']> }), // the server knows its modes, and says so
  };
}
