import type { RunEvent, RunInput, RunSummary } from '@fast-scanner/shared';
import type { ScannerClient } from '../create-scanner-client.ts';
import type { Run } from '../run.ts';
import { foldRun, foldRunEvent, foldRunSummary } from './fold-run.ts';
import type { JobKind } from './job-kind.ts';
import { type JobActions, JobStore } from './job-store.ts';
import type { ReadableStore } from './readable-store.ts';
import { NO_RUN, type RunState } from './run-state.ts';
import { keptStore } from './store-registry.ts';

/** A scan run that may be started, followed and cancelled. */
export interface RunStore extends ReadableStore<RunState>, JobActions<[request?: RunInput]> {}

/**
 * The scan run of a client, one for each name; it keeps its run while nobody looks.
 * @example
 * const store = runStore(client);
 * store.subscribe(() => console.log(store.getSnapshot().progress.pct));
 * await store.start({ sniper_mode: 'strike', limit: 20 });
 */
export function runStore(client: ScannerClient, name = ''): RunStore {
  return keptStore(client, `run ${name}`, () => new JobStore(runKind(client)));
}

function runKind({ runs }: ScannerClient): JobKind<RunState, [request?: RunInput], RunEvent, Run> {
  return {
    idle: NO_RUN,
    start: (request) => runs.start(request),
    handle: (runId) => runs.run(runId),
    idOf: ({ runId }) => runId,
    onHandle: (state, { runId }) => ({ ...state, runId }),
    read: async (run, options) => {
      const answer = await run.snapshot(options);
      return (state) => foldRun(state, answer);
    },
    onEvent: foldRunEvent,
    onGone: (state, error) => {
      if (error.summary === null) return { ...state, phase: 'failed', error };
      const summary = error.summary as unknown as RunSummary; // by the server's contract
      return { ...foldRunSummary(state, summary), error };
    },
  };
}
