import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type FileLayer,
  type ListedFile,
  nodeFiles,
  type WriteOptions,
} from '@fast-scanner/server/store/training/file-layer.ts';

/**
 * The real file system on a machine that loses its power when told: one operation is done in part, all later ones fail.
 * `loseUnsynced` then takes from the folder what was not synced, and brings back what was removed, each by chance.
 */
export class CrashingFiles implements FileLayer {
  readonly #random: () => number;
  #left = Number.POSITIVE_INFINITY;
  /** How much of a file is on the disk, if not all of it. */
  readonly #durable = new Map<string, number>();
  /** Files and folders with a name that may not be on the disk. */
  readonly #unnamed = new Set<string>();
  readonly #removed = new Map<string, Buffer>();

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The power goes after this many more changes. */
  crashAfter(operations: number): void {
    this.#left = operations;
  }

  get hasCrashed(): boolean {
    return this.#left < 0;
  }

  read(path: string): Promise<Buffer> {
    return nodeFiles.read(path);
  }

  realPath(path: string): Promise<string> {
    return nodeFiles.realPath(path);
  }

  list(folder: string): Promise<readonly ListedFile[]> {
    return nodeFiles.list(folder);
  }

  async write(path: string, bytes: Uint8Array, { position, durable = false }: WriteOptions): Promise<void> {
    const isNew = !existsSync(path);
    if (isNew) this.#unnamed.add(path);
    const isLast = this.#isLast();
    if (!this.#durable.has(path)) this.#durable.set(path, isNew ? 0 : position);
    const part = isLast ? bytes.subarray(0, this.#pick(bytes.length)) : bytes;
    await nodeFiles.write(path, part, { position });
    if (isLast) throw new Error('the power is gone');
    if (durable) this.#durable.delete(path);
  }

  truncate(path: string, length: number): Promise<void> {
    return this.#change(() => nodeFiles.truncate(path, length));
  }

  syncFile(path: string): Promise<void> {
    return this.#change(() => {
      this.#durable.delete(path);
    });
  }

  syncFolder(path: string): Promise<void> {
    return this.#change(() => {
      for (const name of this.#unnamed) if (dirname(name) === path) this.#unnamed.delete(name);
      for (const name of this.#removed.keys()) if (dirname(name) === path) this.#removed.delete(name);
    });
  }

  rename(from: string, to: string): Promise<void> {
    return this.#change(() => {
      // A journaling file system may lose a rename, but then the old content is there; that is the crash before it.
      this.#unnamed.delete(from);
      if (!existsSync(to)) this.#unnamed.add(to);
      const length = this.#durable.get(from);
      this.#durable.delete(from);
      this.#durable.delete(to);
      if (length !== undefined) this.#durable.set(to, length);
      return nodeFiles.rename(from, to);
    });
  }

  remove(path: string): Promise<void> {
    return this.#change(() => {
      if (existsSync(path) && !this.#unnamed.delete(path)) this.#removed.set(path, readFileSync(path));
      this.#durable.delete(path);
      return nodeFiles.remove(path);
    });
  }

  makeFolder(path: string): Promise<string | undefined> {
    return this.#change(async () => {
      const first = await nodeFiles.makeFolder(path);
      if (first === undefined) return first;
      for (let folder = path; folder.length >= first.length; folder = dirname(folder))
        this.#unnamed.add(folder);
      return first;
    });
  }

  /** Leaves the folder as the disk has it. The power is back then. */
  loseUnsynced(): void {
    this.#left = Number.POSITIVE_INFINITY;
    for (const [path, length] of this.#durable) {
      if (!existsSync(path)) continue;
      const extra = readFileSync(path).length - length;
      if (extra > 0) truncateSync(path, length + this.#pick(extra));
    }
    for (const [path, bytes] of this.#removed)
      if (this.#random() < 0.5 && !existsSync(path) && existsSync(dirname(path))) writeFileSync(path, bytes);
    for (const path of this.#unnamed)
      if (this.#random() < 0.5) rmSync(path, { recursive: true, force: true });
    for (const memory of [this.#durable, this.#removed, this.#unnamed]) memory.clear();
  }

  async #change<Result>(change: () => Result | Promise<Result>): Promise<Result> {
    if (this.#isLast()) throw new Error('the power is gone');
    return change();
  }

  /** Whether the power goes now. @throws when it is gone already */
  #isLast(): boolean {
    this.#left -= 1;
    if (this.#left < -1) throw new Error('the power is gone');
    return this.#left === -1;
  }

  #pick(below: number): number {
    return Math.floor(this.#random() * (below + 1));
  }
}
