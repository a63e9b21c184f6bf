import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Catalog } from './catalog.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { OpenFile } from './open-file.ts';
import type { SealedFiles } from './sealed-files.ts';
import { parseTrainingPath, type TrainingFile, withFormat } from './training-file.ts';
import type { TrainingFolder } from './training-folder.ts';
import { type TimedLine, timeOfLine } from './training-lines.ts';
import type { AppendResult } from './training-store.ts';

/** Lines for one file, not yet compared with what it holds. */
export interface FileLines {
  readonly file: TrainingFile;
  readonly lines: readonly TimedLine[];
}

export interface TrainingWriterParts {
  readonly folder: TrainingFolder;
  readonly catalog: Catalog;
  readonly sealedFiles: SealedFiles;
  readonly journal: Journal;
  /** Whether the retention is over for what is in the file. */
  readonly isExpired: (file: TrainingFile) => boolean;
}

/** A file and what it is about to take. */
interface Target {
  readonly open: OpenFile;
  /** Whether a sealed file of the same period holds the time. */
  readonly isSealedIn: (time: number) => boolean;
  readonly fresh: Map<number, TimedLine>;
}

/** Files written at the same time. */
const CONCURRENCY = 8;
/** Files after which others get a turn. */
const SLICE = 64;

/** Puts new lines into the journal and from there into their files. */
export class TrainingWriter {
  readonly #parts: TrainingWriterParts;
  readonly #limit = pLimit(CONCURRENCY);
  readonly #unflushed = new Set<OpenFile>();

  constructor(parts: TrainingWriterParts) {
    this.#parts = parts;
  }

  /** Writes all calls with one sync; answers each of them. When it rejects, nothing was written. */
  async write(calls: readonly (readonly FileLines[])[]): Promise<AppendResult[]> {
    const targets = new Map<string, Target>();
    const results: AppendResult[] = [];
    for (const call of calls) results.push(await this.#plan(call, targets));
    const fresh = [...targets.values()].filter((target) => target.fresh.size > 0);
    if (fresh.length > 0) await this.#parts.journal.append(fresh.map(toJournalEntry));
    for (const target of fresh) this.#take(target);
    // What cannot go into its file now is kept by the journal, and by memory: the next write and `ping` try again.
    await this.flush().catch(() => undefined);
    return results;
  }

  /** Brings what the journals of former processes hold into their files. */
  async replay(entries: readonly JournalEntry[]): Promise<void> {
    const targets = new Map<string, Target>();
    await this.#plan(
      entries.flatMap((entry) => toFileLines(entry)),
      targets,
    );
    for (const target of targets.values()) this.#take(target);
    await this.flush().catch(() => undefined);
  }

  /** Drops what a file has not got yet: the file is removed. */
  forget(open: OpenFile): void {
    this.#unflushed.delete(open);
  }

  get hasUnflushed(): boolean {
    return this.#unflushed.size > 0;
  }

  /** Writes what is not in its file yet. @throws the first failure, when all files were tried */
  async flush(): Promise<void> {
    const outcomes = await Promise.allSettled(
      [...this.#unflushed].map((open) =>
        this.#limit(async () => {
          await open.flush();
          this.#unflushed.delete(open);
        }),
      ),
    );
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure) throw failure.reason;
  }

  async #plan(call: readonly FileLines[], targets: Map<string, Target>): Promise<AppendResult> {
    const counts = { written: 0, duplicates: 0, expired: 0 };
    for (const [index, { file, lines }] of call.entries()) {
      if (index % SLICE === SLICE - 1) await nextTurn();
      if (this.#parts.isExpired(file)) {
        counts.expired += lines.length;
        continue;
      }
      const target = targets.get(file.path) ?? (await this.#findTarget(file));
      targets.set(file.path, target);
      const before = target.fresh.size;
      for (const line of lines) if (!isKnown(target, line.time)) target.fresh.set(line.time, line);
      counts.written += target.fresh.size - before;
      counts.duplicates += lines.length - (target.fresh.size - before);
    }
    return counts;
  }

  async #findTarget(file: TrainingFile): Promise<Target> {
    const { catalog, sealedFiles } = this.#parts;
    const sealedCandles = catalog.sealed(withFormat(file, 'parquet').path);
    return {
      open: catalog.open(file.path) ?? (await this.#openAgain(file)),
      isSealedIn: sealedCandles ? await sealedFiles.holdsTime(sealedCandles) : () => false,
      fresh: new Map(),
    };
  }

  /** A file that is sealed, or new. */
  async #openAgain(file: TrainingFile): Promise<OpenFile> {
    const open = new OpenFile(this.#parts.folder, file);
    if (this.#parts.catalog.sealed(file.path)) await open.load();
    return open;
  }

  #take({ open, fresh }: Target): void {
    if (fresh.size === 0) return;
    open.add([...fresh.values()]);
    this.#parts.catalog.addOpen(open);
    this.#unflushed.add(open);
  }
}

function isKnown({ open, isSealedIn, fresh }: Target, time: number): boolean {
  return fresh.has(time) || open.has(time) || isSealedIn(time);
}

function toJournalEntry({ open, fresh }: Target): JournalEntry {
  return { path: open.path, lines: Array.from(fresh.values(), ({ line }) => line) };
}

function toFileLines({ path, lines }: JournalEntry): FileLines[] {
  const file = parseTrainingPath(path);
  if (!file) return [];
  const timed = lines.map((line) => ({ time: timeOfLine(file, line) ?? Number.NaN, line }));
  return [{ file, lines: timed.filter(({ time }) => !Number.isNaN(time)) }];
}
