import { useMemo } from 'react';
import { type JobActions, type RunInput, type RunState, runStore } from '../index.ts';
import { useScannerClient } from './scanner-provider.tsx';
import { useJob } from './use-job.ts';

export interface UseScanRunOptions {
  /** A run to go on with, such as one named in the address. */
  readonly runId?: string | null | undefined;
  /** Components with the same name show the same run, also after all of them were gone for a while. */
  readonly name?: string | undefined;
}

/** A run as it stands, and what can be done with it. */
export interface ScanRun extends RunState, JobActions<[request?: RunInput]> {}

/**
 * A scan run: started, followed symbol by symbol, cancelled.
 * @example
 * const { phase, progress, signals, start, cancel } = useScanRun();
 * <button onClick={() => start({ sniper_mode: 'recon', limit: 50 })}>Arm scanner</button>
 * {phase === 'running' && <progress value={progress.processed} max={progress.total} />}
 */
export function useScanRun({ runId, name }: UseScanRunOptions = {}): ScanRun {
  const client = useScannerClient();
  return useJob(
    useMemo(() => runStore(client, name), [client, name]),
    runId,
  );
}
