import { type Clock, ScannerError } from '@fast-scanner/shared';
import type { Connection } from './connection.ts';

const LIGHT_BYTES = 16;
/** After a failure: a nearly full disk still takes a small row, so only one of the size of a busy commit tells that it is over. */
const HEAVY_BYTES = 256 * 1024;

/** Learns whether the database can be written by writing to it. */
export class WriteProbe {
  readonly #connection: Connection;
  readonly #clock: Clock;
  #bytes = LIGHT_BYTES;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /** Takes note of why a commit failed. */
  noteFailure(error: unknown): void {
    const isTrouble = error instanceof ScannerError && error.code !== 'conflict';
    if (isTrouble) this.#bytes = HEAVY_BYTES;
  }

  write(): void {
    this.#connection.run('INSERT OR REPLACE INTO probe VALUES (1, :now, zeroblob(:bytes))', {
      now: this.#clock.now(),
      bytes: this.#bytes,
    });
    this.#bytes = LIGHT_BYTES;
  }
}
