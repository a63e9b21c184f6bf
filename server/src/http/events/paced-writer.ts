import type { ServerResponse } from 'node:http';
import type { Clock } from '@fast-scanner/shared';

/** A reader that takes nothing for this long is let go; it resumes from the last event it has seen. */
export const STALL_TIMEOUT_MS = 30_000;

export interface PacedWriterOptions {
  readonly clock: Clock;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
  readonly onStall: () => void;
}

/** Writes no faster than the reader reads: nothing is buffered beyond the chunk that filled the socket. */
export class PacedWriter {
  readonly #response: ServerResponse;
  readonly #options: PacedWriterOptions;

  constructor(response: ServerResponse, options: PacedWriterOptions) {
    this.#response = response;
    this.#options = options;
  }

  /** Resolves when the reader has room for more, or when waiting is over. */
  async write(chunk: string): Promise<void> {
    if (!this.#response.write(chunk)) await this.#drained();
  }

  /** For what need not arrive: dropped while the reader is behind. */
  writeIfIdle(chunk: string): void {
    if (!this.#response.writableNeedDrain) this.#response.write(chunk);
  }

  #drained(): Promise<void> {
    const { clock, signal, onStall } = this.#options;
    return new Promise((resolve) => {
      const done = () => {
        dispose();
        this.#response.off('drain', done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const dispose = clock.schedule(STALL_TIMEOUT_MS, () => {
        onStall();
        this.#response.destroy();
      });
      this.#response.once('drain', done);
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
    });
  }
}
