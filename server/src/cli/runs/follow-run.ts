import type { Run, RunEvent, RunResponse, ScannerClient } from '@fast-scanner/client';
import { assertNever } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
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
export async function followRun(
  { run, client, title }: FollowedRun,
  { stderr, signal }: CliContext,
): Promise<RunResponse> {
  const progress = createProgressView(stderr);
  const failure = new AbortController();
  const cancel = () => {
    progress.note('Cancelling the run … (Ctrl-C again leaves without waiting)');
    run.cancel().catch((error) => failure.abort(error));
  };
  const forgetConnection = client.onConnectionChange((state) => {
    if (state === 'offline') progress.note('The connection is lost; waiting for the server …');
  });
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    for await (const event of run.events({ signal: failure.signal })) show(event, title, progress);
    return await run.result({ signal: failure.signal });
  } finally {
    signal.removeEventListener('abort', cancel);
    forgetConnection();
    progress.stop();
  }
}

function show(event: RunEvent, title: string, view: ProgressView): void {
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
