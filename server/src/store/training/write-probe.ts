import { toTrainingError } from './training-failure.ts';
import type { TrainingFolder } from './training-folder.ts';

const PROBE = 'journal/.probe.tmp';
const LIGHT_BYTES = 512;
/** After a failure: a nearly full disk still takes a small file, so only one of the size of a busy minute tells that it is over. */
const HEAVY_BYTES = 256 * 1024;

/** Learns whether the folder can be written by writing to it. */
export class WriteProbe {
  readonly #folder: TrainingFolder;
  #bytes = LIGHT_BYTES;
  #last: Promise<void> = Promise.resolve();

  constructor(folder: TrainingFolder) {
    this.#folder = folder;
  }

  noteFailure(): void {
    this.#bytes = HEAVY_BYTES;
  }

  /** @throws ScannerError `disk_full`, `unavailable` */
  write(): Promise<void> {
    this.#last = this.#last.catch(() => undefined).then(() => this.#write());
    return this.#last;
  }

  async #write(): Promise<void> {
    try {
      await this.#folder.append(PROBE, Buffer.alloc(this.#bytes), 0);
      await this.#folder.remove(PROBE);
      this.#bytes = LIGHT_BYTES;
    } catch (error) {
      this.noteFailure();
      throw toTrainingError(error);
    }
  }
}
