import type { ScannerClient } from '@fast-scanner/client';
import type { CliContext } from './cli-context.ts';
import type { ProgressView } from './progress-view.ts';

export interface FollowOptions<Event> {
  readonly job: {
    readonly events: (options: { readonly signal: AbortSignal }) => AsyncIterable<Event>;
    readonly cancel: () => Promise<unknown>;
  };
  readonly client: ScannerClient;
  /** What it is, for the user. */
  readonly noun: string;
  readonly progress: ProgressView;
  readonly show: (event: Event) => void;
}

/**
 * Shows every event of a job until it has ended, however it does, then reads `outcome`. The first Ctrl-C cancels the job and waits for that
 * end.
 * @throws ScannerApiError @throws ScannerConnectionError when it can be neither followed nor cancelled
 */
export async function followJob<Event, Outcome>(
  { job, client, noun, progress, show }: FollowOptions<Event>,
  { signal }: Pick<CliContext, 'signal'>,
  outcome: (options: { readonly signal: AbortSignal }) => Promise<Outcome>,
): Promise<Outcome> {
  const failure = new AbortController();
  const cancel = () => {
    progress.note(`Cancelling the ${noun} … (Ctrl-C again leaves without waiting)`);
    job.cancel().catch((error) => failure.abort(error));
  };
  const forgetConnection = client.onConnectionChange((state) => {
    if (state === 'offline') progress.note('The connection is lost; waiting for the server …');
  });
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    for await (const event of job.events({ signal: failure.signal })) show(event);
    return await outcome({ signal: failure.signal });
  } finally {
    signal.removeEventListener('abort', cancel);
    forgetConnection();
    progress.stop();
  }
}
