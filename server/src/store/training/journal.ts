import { crc32 } from 'node:zlib';
import type { TrainingFolder } from './training-folder.ts';

/** Lines for one file. Neither the path nor a line holds a tab or an end of line. */
export interface JournalEntry {
  readonly path: string;
  readonly lines: readonly string[];
}

const PATH = /^journal\/(\d{8})\.log$/;

/**
 * What is on its way into many files, in one file with one sync. An entry is a line: its checksum, and behind it the path and the lines,
 * each after a tab. What a crash left unfinished at the end was never acknowledged and has a wrong checksum.
 */
export class Journal {
  readonly #folder: TrainingFolder;
  #number: number;
  #length = 0;
  /** Older ones that are still needed. */
  #older: readonly string[];

  /** @param paths of all files in the folder */
  constructor(folder: TrainingFolder, paths: readonly string[]) {
    this.#folder = folder;
    this.#older = paths.filter((path) => PATH.test(path)).sort();
    this.#number = Math.max(0, ...this.#older.map((path) => Number(PATH.exec(path)?.[1]))) + 1;
  }

  /** Size of the newest one, bytes. */
  get length(): number {
    return this.#length;
  }

  /** Whether there are older ones that are still needed. */
  get hasOlder(): boolean {
    return this.#older.length > 0;
  }

  /** Everything in the journals of former processes, in order. */
  async readOlder(): Promise<JournalEntry[]> {
    const entries: JournalEntry[] = [];
    for (const path of this.#older) entries.push(...this.#parse(path, await this.#folder.read(path)));
    return entries;
  }

  /** Resolves when the entries are on disk; when it rejects, none of them is there. */
  async append(entries: readonly JournalEntry[]): Promise<void> {
    const bytes = Buffer.from(entries.map(toLine).join(''));
    try {
      await this.#folder.appendDurably(this.#path, bytes, this.#length);
      this.#length += bytes.length;
    } catch (error) {
      // After a failed sync nobody knows what the disk holds of this file, so that it is not written any further.
      if (this.#length > 0) this.#startNew();
      throw error;
    }
  }

  /** Writes to a new one from now on. Answers how to remove all before it. */
  rotate(): () => Promise<void> {
    if (this.#length > 0) this.#startNew();
    const done = this.#older;
    return async () => {
      for (const path of done) {
        await this.#folder.remove(path);
        this.#older = this.#older.filter((other) => other !== path);
      }
    };
  }

  get #path(): string {
    return `journal/${String(this.#number).padStart(8, '0')}.log`;
  }

  #startNew(): void {
    this.#older = [...this.#older, this.#path];
    this.#number += 1;
    this.#length = 0;
  }

  #parse(path: string, bytes: Buffer): JournalEntry[] {
    const lines = bytes.toString().split('\n');
    const entries = lines.map(parseLine);
    const broken = lines.filter((line, index) => line !== '' && entries[index] === null).length;
    if (broken > 0) this.#folder.report(path, `dropped ${broken} unfinished or damaged entries`);
    return entries.filter((entry) => entry !== null);
  }
}

function toLine({ path, lines }: JournalEntry): string {
  const content = [path, ...lines].join('\t');
  return `${checksum(content)} ${content}\n`;
}

function parseLine(line: string): JournalEntry | null {
  const content = line.slice(9);
  if (content === '' || line.slice(0, 8) !== checksum(content)) return null;
  const [path = '', ...lines] = content.split('\t');
  return { path, lines };
}

function checksum(content: string): string {
  return crc32(content).toString(16).padStart(8, '0');
}
