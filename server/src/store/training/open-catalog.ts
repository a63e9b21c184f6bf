import { Catalog } from './catalog.ts';
import type { ListedFile } from './file-layer.ts';
import type { FileEntry } from './manifest.ts';
import { OpenFile } from './open-file.ts';
import { SealedFiles } from './sealed-files.ts';
import { parseTrainingPath, type TrainingFile, withFormat } from './training-file.ts';
import type { TrainingFolder } from './training-folder.ts';

export interface CatalogSource {
  readonly folder: TrainingFolder;
  readonly listed: readonly ListedFile[];
  /** What the manifest says. */
  readonly entries: ReadonlyMap<string, FileEntry>;
  readonly isExpired: (file: TrainingFile) => boolean;
}

/**
 * Looks at every file there is. A sealed one is believed to be what the manifest says when it has the size; its checksum is compared when
 * it is read. All others are read from end to end: what is torn is mended, what is damaged goes into quarantine.
 */
export async function openCatalog({ folder, listed, entries, isExpired }: CatalogSource): Promise<Catalog> {
  const catalog = new Catalog();
  const sealedFiles = new SealedFiles(folder, catalog);
  for (const { path, bytes } of listed) {
    const file = parseTrainingPath(path);
    if (!file) continue;
    const entry = entries.get(path);
    if (entry?.sealed && entry.bytes === bytes) catalog.addSealed(file, entry);
    else if (file.format === 'parquet') await sealedFiles.adopt(file);
    else await openLines(folder, file, catalog);
  }
  const present = new Set(listed.map(({ path }) => path));
  for (const path of entries.keys()) {
    const file = parseTrainingPath(path);
    if (!file || present.has(path) || isExpired(file)) continue;
    // An open file may have been sealed since.
    if (!present.has(withFormat(file, 'parquet').path))
      folder.report(path, 'it is in the manifest, but gone');
  }
  return catalog;
}

async function openLines(folder: TrainingFolder, file: TrainingFile, catalog: Catalog): Promise<void> {
  const open = new OpenFile(folder, file);
  await open.load();
  if (open.rows > 0) catalog.addOpen(open);
}
