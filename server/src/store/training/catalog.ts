import type { FileEntry } from './manifest.ts';
import type { OpenFile } from './open-file.ts';
import { toSymbolFileName } from './symbol-file-name.ts';
import { seriesFolder, type TrainingFile } from './training-file.ts';
import type { SeriesId, TrainingKind } from './training-store.ts';

/** A file that takes no more. */
export interface SealedFile {
  readonly file: TrainingFile;
  readonly entry: FileEntry;
}

/** Which files there are. A path is either open or sealed. */
export class Catalog {
  readonly #open = new Map<string, OpenFile>();
  readonly #sealed = new Map<string, SealedFile>();
  /** Files by the folder of their series. */
  readonly #folders = new Map<string, Map<string, TrainingFile>>();

  addOpen(open: OpenFile): void {
    this.#sealed.delete(open.path);
    this.#open.set(open.path, open);
    this.#index(open.file);
  }

  addSealed(file: TrainingFile, entry: FileEntry): void {
    this.#open.delete(file.path);
    this.#sealed.set(file.path, { file, entry });
    this.#index(file);
  }

  remove(path: string): void {
    this.#open.delete(path);
    this.#sealed.delete(path);
    const folder = folderOf(path);
    const files = this.#folders.get(folder);
    files?.delete(path);
    if (files?.size === 0) this.#folders.delete(folder);
  }

  open(path: string): OpenFile | undefined {
    return this.#open.get(path);
  }

  sealed(path: string): SealedFile | undefined {
    return this.#sealed.get(path);
  }

  openFiles(): OpenFile[] {
    return [...this.#open.values()];
  }

  allFiles(): TrainingFile[] {
    return [...this.#folders.values()].flatMap((files) => [...files.values()]);
  }

  /** By period. */
  filesOf(kind: TrainingKind, series: SeriesId): TrainingFile[] {
    const files = this.#folders.get(seriesFolder(kind, series));
    return [...(files?.values() ?? [])].sort((a, b) => a.period.from - b.period.from);
  }

  /** Exchanges with a file of the symbol. @throws ScannerError `invalid_input` when the symbol cannot name one */
  exchangesOf(symbol: string): string[] {
    const symbolName = toSymbolFileName(symbol);
    const exchanges = new Set<string>();
    for (const folder of this.#folders.keys()) {
      const [, exchange = '', name = ''] = folder.split('/');
      if (name === symbolName) exchanges.add(exchange);
    }
    return [...exchanges].sort();
  }

  /** What the manifest says. */
  *entries(): Generator<readonly [string, FileEntry]> {
    for (const [path, { entry }] of this.#sealed) yield [path, entry];
    for (const [path, open] of this.#open) {
      const entry = open.toEntry();
      if (entry.rows > 0) yield [path, entry];
    }
  }

  #index(file: TrainingFile): void {
    const folder = folderOf(file.path);
    const files = this.#folders.get(folder) ?? new Map<string, TrainingFile>();
    this.#folders.set(folder, files.set(file.path, file));
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
