import { createHash } from 'node:crypto';
import { type CandleColumns, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import { LRUCache } from 'lru-cache';
import { decodeCandles } from './candle-parquet.ts';
import type { Catalog, SealedFile } from './catalog.ts';
import type { FileEntry } from './manifest.ts';
import { scanLines } from './scan-lines.ts';
import { isMissing } from './training-failure.ts';
import type { TrainingFile } from './training-file.ts';
import type { TrainingFolder } from './training-folder.ts';
import type { TimedLine } from './training-lines.ts';

/** Files with gaps whose open times are kept at hand. */
const TIMES_HELD = 500;

/** Reads sealed files, each checked against its checksum. One that differs goes into quarantine and is as if it were not there. */
export class SealedFiles {
  readonly #folder: TrainingFolder;
  readonly #catalog: Catalog;
  readonly #times = new LRUCache<string, ReadonlySet<number>>({ max: TIMES_HELD });

  constructor(folder: TrainingFolder, catalog: Catalog) {
    this.#folder = folder;
    this.#catalog = catalog;
  }

  /** `null` when the file is damaged. */
  async readCandles(sealed: SealedFile): Promise<CandleColumns | null> {
    const bytes = await this.#read(sealed);
    return bytes && decodeCandles(bytes);
  }

  /** `null` when the file is damaged. */
  async readLines(sealed: SealedFile): Promise<readonly TimedLine[] | null> {
    const bytes = await this.#read(sealed);
    return bytes && scanLines(sealed.file, bytes).lines;
  }

  /** Answers which open times a file of candles holds. */
  async holdsTime(sealed: SealedFile): Promise<(time: number) => boolean> {
    const { entry, file } = sealed;
    if (entry.gapFree) return (time) => isOnGrid(time, entry, file.series.timeframe);
    const key = entry.sha256;
    const held = this.#times.get(key) ?? new Set((await this.readCandles(sealed))?.openTime ?? []);
    this.#times.set(key, held);
    return (time) => held.has(time);
  }

  /** Takes a Parquet file that no manifest knows into the catalog, if it is whole. */
  async adopt(file: TrainingFile): Promise<void> {
    const bytes = await this.#folder.read(file.path);
    try {
      this.#catalog.addSealed(file, describeCandles(file, await decodeCandles(bytes), bytes));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await this.#folder.quarantine(file.path, `it cannot be read (${reason})`);
    }
  }

  async #read({ file, entry }: SealedFile): Promise<Buffer | null> {
    const bytes = await this.#folder.read(file.path).catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    });
    if (bytes && sha256(bytes) === entry.sha256) return bytes;
    if (bytes) await this.#folder.quarantine(file.path, 'it is not what its checksum in the manifest says');
    else this.#folder.report(file.path, 'it is gone');
    this.#catalog.remove(file.path);
    return null;
  }
}

/** What the manifest says of a sealed file of candles. */
export function describeCandles(file: TrainingFile, { openTime }: CandleColumns, bytes: Buffer): FileEntry {
  const [firstTime = null, lastTime = null] = [openTime[0], openTime.at(-1)];
  const step = timeframeMs(file.series.timeframe);
  const gapFree = openTime.every((time, index) => index === 0 || time - (openTime[index - 1] ?? 0) === step);
  return { ...describeContent(bytes), rows: openTime.length, firstTime, lastTime, gapFree };
}

/** What the manifest says of a sealed file of lines, which are in order of time. */
export function describeLines(lines: readonly TimedLine[], bytes: Buffer): FileEntry {
  const [firstTime = null, lastTime = null] = [lines[0]?.time, lines.at(-1)?.time];
  return { ...describeContent(bytes), rows: lines.length, firstTime, lastTime };
}

function describeContent(bytes: Buffer): Pick<FileEntry, 'bytes' | 'sha256' | 'sealed'> {
  return { bytes: bytes.length, sha256: sha256(bytes), sealed: true };
}

function isOnGrid(time: number, { firstTime, lastTime }: FileEntry, timeframe: Timeframe): boolean {
  if (firstTime === null || lastTime === null) return false;
  return time >= firstTime && time <= lastTime && (time - firstTime) % timeframeMs(timeframe) === 0;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
