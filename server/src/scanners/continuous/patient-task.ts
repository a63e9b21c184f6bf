import { type Clock, type Dispose, ERROR_CODES, ScannerError } from '@fast-scanner/shared';

export interface PatientTaskOptions {
  readonly clock: Clock;
  readonly work: () => Promise<void>;
  /** Hears of each failure. */
  readonly onFailure: (error: unknown) => void;
}

/** How long after a failure it is tried again, doubled with each in a row. */
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 900_000;

/** Something that is tried again as long as it may succeed later. */
export class PatientTask {
  readonly #options: PatientTaskOptions;
  #failures = 0;
  #cancelRetry: Dispose = () => undefined;
  #isCancelled = false;

  constructor(options: PatientTaskOptions) {
    this.#options = options;
  }

  /** Resolves after this try, whatever became of it. */
  async try(): Promise<void> {
    const { clock, work, onFailure } = this.#options;
    try {
      await work();
    } catch (error) {
      if (this.#isCancelled) return;
      onFailure(error);
      if (!(error instanceof ScannerError && ERROR_CODES[error.code].retryable)) return;
      const delayMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
      this.#failures += 1;
      this.#cancelRetry = clock.schedule(delayMs, () => void this.try());
    }
  }

  /** It is not tried any more; a try under way goes on. */
  cancel(): void {
    this.#isCancelled = true;
    this.#cancelRetry();
  }
}
