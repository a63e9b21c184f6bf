import { createHash, type Hash } from 'node:crypto';
import type { FileEntry } from './manifest.ts';
import { joinLines, scanLines } from './scan-lines.ts';
import { isMissing } from './training-failure.ts';
import type { TrainingFile } from './training-file.ts';
import type { TrainingFolder } from './training-folder.ts';
import type { TimedLine } from './training-lines.ts';

/** A file of JSON Lines that takes more. */
export class OpenFile {
  readonly file: TrainingFile;
  readonly #folder: TrainingFolder;
  readonly #times = new Set<number>();
  #hash: Hash = createHash('sha256');
  #bytes = 0;
  /** Acknowledged, kept by the journal, and not in the file yet. */
  #pending: readonly TimedLine[] = [];
  #isDirty = false;

  constructor(folder: TrainingFolder, file: TrainingFile) {
    this.#folder = folder;
    this.file = file;
  }

  get path(): string {
    return this.file.path;
  }

  get rows(): number {
    return this.#times.size;
  }

  get hasPending(): boolean {
    return this.#pending.length > 0;
  }

  /** Whether the disk may not have all of the file yet. */
  get isDirty(): boolean {
    return this.#isDirty;
  }

  has(time: number): boolean {
    return this.#times.has(time);
  }

  /** Takes lines it does not have; `flush` writes them. */
  add(lines: readonly TimedLine[]): void {
    for (const { time } of lines) this.#times.add(time);
    this.#pending = [...this.#pending, ...lines];
  }

  /** Writes what was added; when that fails, the file is as before and the lines are kept. */
  async flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const lines = this.#pending;
    const bytes = joinLines(lines);
    this.#isDirty = true;
    await this.#folder.append(this.path, bytes, this.#bytes);
    this.#count(bytes);
    this.#pending = this.#pending.slice(lines.length);
  }

  async sync(): Promise<void> {
    this.#isDirty = false;
    try {
      await this.#folder.syncFile(this.path);
    } catch (error) {
      this.#isDirty = true;
      throw error;
    }
  }

  /** Everything acknowledged, in the order it came. */
  async read(): Promise<readonly TimedLine[]> {
    if (this.#bytes === 0) return this.#pending;
    const bytes = (await this.#folder.read(this.path)).subarray(0, this.#bytes);
    return [...scanLines(this.file, bytes).lines, ...this.#pending];
  }

  /** As of what is in the file. */
  toEntry(): FileEntry {
    const waiting = new Set(this.#pending.map(({ time }) => time));
    const times = [...this.#times].filter((time) => !waiting.has(time)).sort((a, b) => a - b);
    return {
      rows: times.length,
      firstTime: times[0] ?? null,
      lastTime: times.at(-1) ?? null,
      bytes: this.#bytes,
      sha256: this.#hash.copy().digest('hex'),
      sealed: false,
    };
  }

  /**
   * Takes over what is in the file. An unfinished end is dropped. When something else is wrong with it, a copy goes into quarantine, and
   * the file keeps its whole records.
   */
  async load(): Promise<void> {
    const bytes = await this.#readIfThere();
    const { lines, isTorn, broken, duplicates } = scanLines(this.file, bytes);
    if (broken.length > 0)
      await this.#folder.quarantineCopy(this.path, bytes, reasonOf(broken, lines.length));
    else if (isTorn) this.#folder.report(this.path, 'dropped the unfinished record at its end');
    else if (duplicates > 0) this.#folder.report(this.path, `dropped ${duplicates} doubled records`);
    const content = joinLines(lines);
    if (content.length === 0) await this.#folder.remove(this.path);
    else if (!content.equals(bytes)) await this.#folder.replace(this.path, content);
    for (const { time } of lines) this.#times.add(time);
    this.#count(content);
    // Nobody knows how much of it a former process brought to the disk.
    this.#isDirty = content.length > 0;
    this.#folder.expectUnsynced(this.path);
  }

  async #readIfThere(): Promise<Buffer> {
    try {
      return await this.#folder.read(this.path);
    } catch (error) {
      if (!isMissing(error)) throw error;
      this.#folder.report(this.path, 'it is gone');
      return Buffer.alloc(0);
    }
  }

  #count(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }
}

function reasonOf(broken: readonly number[], whole: number): string {
  const where =
    broken.length === 1 ? `line ${broken[0]} is` : `${broken.length} lines from line ${broken[0]} on are`;
  return `${where} no record of this file, ${whole} others are kept`;
}
