import type {
  DataSource,
  RejectionCounts,
  RunMetadata,
  RunModeName,
  RunRejections,
  RunSignal,
} from '@fast-scanner/shared';
import { type JobProgress, NO_PROGRESS } from './job-progress.ts';
import type { JobState } from './job-state.ts';

export const RUN_PHASES = [
  'idle',
  'starting',
  'queued',
  'running',
  'complete',
  'failed',
  'cancelled',
] as const;
/** `idle`: no run. `starting`: asked for, no answer yet. `queued`: other runs come first. The last three are ends. */
export type RunPhase = (typeof RUN_PHASES)[number];

/** A scan run as it stands. */
export interface RunState extends JobState {
  readonly runId: string | null;
  readonly phase: RunPhase;
  /** `null` until the server has told it, like the two below. */
  readonly mode: RunModeName | null;
  readonly exchange: string | null;
  readonly dataSource: DataSource | null;
  readonly progress: JobProgress;
  /** Best score first; each as soon as it is found. */
  readonly signals: readonly RunSignal[];
  /** Symbols that are no signal, by reason; each as soon as it is known. */
  readonly rejections: RunRejections;
  /** The outcome in numbers and one sentence; `null` until the run has ended. */
  readonly metadata: RunMetadata | null;
}

const NO_COUNTS: RejectionCounts = {
  low_confluence: 0,
  no_data: 0,
  missing_critical_tf: 0,
  risk_validation: 0,
  no_trade_plan: 0,
  errors: 0,
};

export const NO_RUN: RunState = {
  runId: null,
  phase: 'idle',
  mode: null,
  exchange: null,
  dataSource: null,
  progress: NO_PROGRESS,
  signals: [],
  rejections: { total_rejected: 0, by_reason: NO_COUNTS, details: {} },
  metadata: null,
  error: null,
  isCancelling: false,
};
