import type { Run, RunEvent, RunResponse, ScannerClient } from '@fast-scanner/client';
import { assertNever } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { followJob } from '../follow-job.ts';
import { createProgressView, type ProgressView } from '../progress-view.ts';

export interface FollowedRun {
  readonly run: Run;
  readonly client: ScannerClient;
  /** Stands before the progress. */
  readonly title: string;
}

/**
 * Shows how far a run is until it has ended, however it does. The first Ctrl-C cancels it and waits for that end.
 * @throws ScannerApiError @throws ScannerConnectionError when it can be neither followed nor cancelled
 */
export function followRun(
  { run, client, title }: FollowedRun,
  { stderr, signal }: CliContext,
): Promise<RunResponse> {
  const progress = createProgressView(stderr);
  const show = (event: RunEvent) => showEvent(event, title, progress);
  return followJob({ job: run, client, noun: 'run', progress, show }, { signal }, (options) =>
    run.snapshot(options),
  );
}

function showEvent(event: RunEvent, title: string, view: ProgressView): void {
  switch (event.type) {
    case 'runStarted':
      view.update({ title, done: 0, total: event.total, symbol: '', etaSeconds: null });
      return;
    case 'runSignal':
    case 'runRejection': {
      const { progress: done, total, symbol, eta_seconds: etaSeconds } = event;
      view.update({ title, done, total, symbol, etaSeconds });
      return;
    }
    case 'runError':
      view.note(event.error);
      return;
    case 'runEnded':
      return;
    default:
      assertNever(event);
  }
}
