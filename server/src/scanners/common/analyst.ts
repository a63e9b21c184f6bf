import type { DeepAnalysisInput, DeepAnalysisResult } from '../../analysis/deep-analysis.ts';

/** Does the CPU-heavy part of phase 2 somewhere else than on the event loop. */
export interface Analyst {
  /**
   * @throws ScannerError `insufficient_data`, or `worker_crashed` when the thread threw, exited, ran out of memory or was
   * stopped because `signal` aborted while it computed
   */
  analyze(input: DeepAnalysisInput, signal: AbortSignal): Promise<DeepAnalysisResult>;
  close(): Promise<void>;
}
