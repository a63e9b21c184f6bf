import { setImmediate as nextTurn } from 'node:timers/promises';
import { toTrainingError } from './training-failure.ts';
import type { AppendResult } from './training-store.ts';
import type { FileLines, TrainingWriter } from './training-writer.ts';
import type { Turns } from './turns.ts';

interface Waiting {
  readonly lines: readonly FileLines[];
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Writes all that came since the last writing at once. */
export class AppendQueue {
  readonly #writer: TrainingWriter;
  readonly #turns: Turns;
  readonly #onWritten: () => void;
  #waiting: Waiting[] = [];

  /** @param onWritten called after each writing that succeeded */
  constructor(writer: TrainingWriter, turns: Turns, onWritten: () => void) {
    this.#writer = writer;
    this.#turns = turns;
    this.#onWritten = onWritten;
  }

  append(lines: readonly FileLines[]): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ lines, resolve, reject });
      if (this.#waiting.length === 1) void this.#turns.take(() => this.#writeAll());
    });
  }

  async #writeAll(): Promise<void> {
    await nextTurn();
    const calls = this.#waiting;
    this.#waiting = [];
    try {
      const results = await this.#writer.write(calls.map(({ lines }) => lines));
      for (const [index, { resolve }] of calls.entries())
        resolve(results[index] ?? { written: 0, duplicates: 0, expired: 0 });
      this.#onWritten();
    } catch (error) {
      for (const { reject } of calls) reject(toTrainingError(error));
    }
  }
}
