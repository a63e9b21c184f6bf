import type { RunSummary, RunsQueryInput, RunsResponse } from '@fast-scanner/shared';
import { toClientError } from '../client-error.ts';
import type { ScannerClient } from '../create-scanner-client.ts';
import type { RunUpdate } from '../runs.ts';
import { type LiveState, LiveStore } from './live-store.ts';
import type { ReadableStore } from './readable-store.ts';
import { sharedStore } from './store-registry.ts';

/** The history of scan runs. */
export interface RunsState extends LiveState {
  /** Newest first. */
  readonly runs: readonly RunSummary[];
  /** There are older ones, see `loadMore`. */
  readonly hasMore: boolean;
}

export interface RunsActions {
  readonly refresh: () => Promise<void>;
  /** Adds the next, older page. What goes wrong is in `error`. */
  readonly loadMore: () => Promise<void>;
}

export interface RunsStore extends ReadableStore<RunsState>, RunsActions {}

interface InnerState extends RunsState {
  readonly cursor: string | null;
}

/** The runs that match a query, the newest page of them and what is loaded after it; shared by all who ask for the same. */
export function runsStore(client: ScannerClient, query: RunsQueryInput = {}): RunsStore {
  return sharedStore(client, `runs ${JSON.stringify(query)}`, () => createRunsStore(client, query));
}

function createRunsStore({ runs }: ScannerClient, query: RunsQueryInput): RunsStore {
  const store = new LiveStore<InnerState, RunUpdate>({
    initial: { runs: [], hasMore: false, cursor: null, isLoading: true, error: null },
    watch: (onNews, options) => runs.watch(onNews, options),
    read: async (options) => {
      const page = await runs.list(query, options);
      return (state) => foldFirstPage(state, page);
    },
    onNews: (state, update) => foldUpdate(state, update, query),
  });
  const { getSnapshot, subscribe, refresh, change } = store;
  const loadMore = async () => {
    const { cursor } = store.getSnapshot();
    if (cursor === null) return;
    try {
      const page = await runs.list({ ...query, cursor });
      change((state) => (state.cursor === cursor ? foldNextPage(state, page) : state));
    } catch (error) {
      change((state) => ({ ...state, error: toClientError(error) }));
    }
  };
  return { getSnapshot, subscribe, refresh, loadMore };
}

/** Older pages that were loaded stay, where the new first page reaches up to them. */
function foldFirstPage(state: InnerState, page: RunsResponse): InnerState {
  const news = new Set(page.runs.map(({ run_id }) => run_id));
  const first = state.runs.findIndex(({ run_id }) => news.has(run_id));
  const oldest = page.runs.at(-1)?.created_at ?? '';
  const older =
    first < 0 ? [] : state.runs.filter(({ run_id, created_at }) => !news.has(run_id) && created_at < oldest);
  if (older.length === 0) return { ...state, runs: page.runs, ...cursorOf(page) };
  return { ...state, runs: [...page.runs, ...older] };
}

function foldNextPage(state: InnerState, page: RunsResponse): InnerState {
  const known = new Set(state.runs.map(({ run_id }) => run_id));
  const more = page.runs.filter(({ run_id }) => !known.has(run_id));
  return { ...state, runs: [...state.runs, ...more], ...cursorOf(page) };
}

function cursorOf({ next_cursor: cursor }: RunsResponse): Pick<InnerState, 'cursor' | 'hasMore'> {
  return { cursor, hasMore: cursor !== null };
}

/** Whether a text is found in a run only the server knows. */
function foldUpdate(state: InnerState, update: RunUpdate, query: RunsQueryInput): InnerState | null {
  const { seq, timestamp, ...run } = update;
  const place = state.runs.findIndex(({ run_id }) => run_id === run.run_id);
  if (place < 0 && query.q !== undefined) return null;
  const oldest = state.runs.at(-1)?.created_at ?? '';
  if (place < 0 && state.hasMore && run.created_at < oldest) return state;
  const others = state.runs.filter((_, index) => index !== place);
  if (!isAskedFor(run, query)) return place < 0 ? state : { ...state, runs: others };
  if (place >= 0) return { ...state, runs: state.runs.with(place, run) };
  return {
    ...state,
    runs: [run, ...others].sort((one, other) => (one.created_at < other.created_at ? 1 : -1)),
  };
}

function isAskedFor(run: RunSummary, { status, mode, exchange }: RunsQueryInput): boolean {
  return (
    (status === undefined || run.status === status) &&
    (mode === undefined || run.mode === mode) &&
    (exchange === undefined || run.exchange === exchange)
  );
}
