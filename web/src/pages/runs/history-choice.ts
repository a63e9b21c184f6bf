import type { JobStatus, RunsQueryInput } from '@fast-scanner/client';
import { JOB_STATUSES } from '../../format/job-status.ts';
import { choiceField, listField, type SearchField, textField } from '../../hooks/use-search-state.ts';

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
  status: choiceField(JOB_STATUSES),
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
