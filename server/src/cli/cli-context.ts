import type { Environment } from '../config/load-config.ts';

/** Where a command writes. Colours and progress bars are for terminals. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  /** Size of the terminal, in characters. */
  readonly columns?: number;
  readonly rows?: number;
};

/** What a command knows of the process it runs in. */
export interface CliContext {
  readonly env: Environment;
  /** The working folder. */
  readonly folder: string;
  /** Results. */
  readonly stdout: OutputStream;
  /** Everything else. */
  readonly stderr: OutputStream;
  /** Aborted when the user wants the command to stop. */
  readonly signal: AbortSignal;
}
