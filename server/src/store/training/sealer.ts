import { type CandleColumns, columnsFromRows } from '@fast-scanner/shared';
import { CANDLE_FIELDS } from './candle-fields.ts';
import { decodeCandles, encodeCandles } from './candle-parquet.ts';
import type { Catalog } from './catalog.ts';
import { mergeCandles } from './merge-candles.ts';
import type { OpenFile } from './open-file.ts';
import { joinLines } from './scan-lines.ts';
import { describeCandles, describeLines, type SealedFiles } from './sealed-files.ts';
import { withFormat } from './training-file.ts';
import type { TrainingFolder } from './training-folder.ts';
import { parseCandle } from './training-lines.ts';

export interface SealerParts {
  readonly folder: TrainingFolder;
  readonly catalog: Catalog;
  readonly sealedFiles: SealedFiles;
}

/** Brings files whose period is over into their final form. */
export class Sealer {
  readonly #parts: SealerParts;

  constructor(parts: SealerParts) {
    this.#parts = parts;
  }

  /**
   * Says of sealed files that are about to be replaced that they are not, for the manifest: a crash between the replacing and the next
   * manifest must not leave a good file with the checksum of another. Answers whether there are such files.
   */
  unsealReplaced(files: readonly OpenFile[]): boolean {
    const { catalog } = this.#parts;
    const replaced = files.flatMap(({ file }) => catalog.sealed(withFormat(file, 'parquet').path) ?? []);
    for (const { file, entry } of replaced) catalog.addSealed(file, { ...entry, sealed: false });
    return replaced.length > 0;
  }

  /** Answers the path of the sealed file. */
  async seal(open: OpenFile): Promise<string> {
    await open.flush();
    return open.file.kind === 'ohlcv' ? this.#sealCandles(open) : this.#sealLines(open);
  }

  async #sealLines(open: OpenFile): Promise<string> {
    const { folder, catalog } = this.#parts;
    const lines = await open.read();
    const sorted = [...lines].sort((a, b) => a.time - b.time);
    const content = joinLines(sorted);
    const isInOrder = sorted.every((line, index) => line === lines[index]);
    if (isInOrder) {
      await open.sync();
      await folder.syncNames(open.path);
    } else await folder.replace(open.path, content);
    catalog.addSealed(open.file, describeLines(sorted, content));
    return open.path;
  }

  async #sealCandles(open: OpenFile): Promise<string> {
    const { folder, catalog, sealedFiles } = this.#parts;
    const target = withFormat(open.file, 'parquet');
    const sealed = catalog.sealed(target.path);
    const earlier = sealed ? await sealedFiles.readCandles(sealed) : null;
    const added = columnsFromRows((await open.read()).map(({ line }) => parseCandle(line)));
    const candles = mergeCandles(earlier ? [earlier, added] : [added]);
    const content = encodeCandles(candles, open.file.series);
    assertSame(await decodeCandles(content), candles, target.path);
    await folder.replace(target.path, content);
    catalog.addSealed(target, describeCandles(target, candles, content));
    await folder.remove(open.path);
    catalog.remove(open.path);
    return target.path;
  }
}

/** A file is only replaced by one that was read back. */
function assertSame(written: CandleColumns, wanted: CandleColumns, path: string): void {
  const isSame = CANDLE_FIELDS.every(
    (field) =>
      written[field].length === wanted[field].length &&
      written[field].every((value, index) => value === wanted[field][index]),
  );
  if (!isSame) throw new Error(`${path} does not read as it was written: it is not sealed`);
}
