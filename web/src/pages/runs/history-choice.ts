import {
  JOB_STATUSES,
  type JobStatus,
  RUN_MODE_NAMES,
  type RunModeName,
  type RunsQueryInput,
} from '@fast-scanner/client';
import { choiceField, listField, type SearchField, textField } from '../../hooks/use-search-state.ts';

/** Which runs are listed, and which two of them are compared. */
export interface HistoryChoice {
  readonly q: string;
  readonly status: JobStatus | null;
  /** The mode that a run had. */
  readonly was: RunModeName | null;
  /** Ids of runs, two at most. */
  readonly compare: readonly string[];
}

export const HISTORY_FIELDS: { readonly [Name in keyof HistoryChoice]: SearchField<HistoryChoice[Name]> } = {
  q: textField(),
  status: choiceField(JOB_STATUSES),
  was: choiceField(RUN_MODE_NAMES),
  compare: listField(),
};

export function toRunsQuery({ q, status, was }: HistoryChoice): RunsQueryInput {
  return {
    ...(q === '' ? {} : { q }),
    ...(status === null ? {} : { status }),
    ...(was === null ? {} : { mode: was }),
  };
}
