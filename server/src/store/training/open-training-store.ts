import { mkdirSync } from 'node:fs';
import { type Clock, ScannerError } from '@fast-scanner/shared';
import { lockFolder } from '../sqlite/folder-lock.ts';
import { DATA_CARD } from './data-card.ts';
import { type FileLayer, nodeFiles } from './file-layer.ts';
import { FileTrainingStore } from './file-training-store.ts';
import { Journal } from './journal.ts';
import { Maintenance } from './maintenance.ts';
import { ManifestWriter, readManifest } from './manifest.ts';
import { openCatalog } from './open-catalog.ts';
import { SealedFiles } from './sealed-files.ts';
import { Sealer } from './sealer.ts';
import { toTrainingError } from './training-failure.ts';
import type { TrainingFile } from './training-file.ts';
import { TrainingFolder, type TrainingIncident } from './training-folder.ts';
import { TrainingReader } from './training-reader.ts';
import type { TrainingStore } from './training-store.ts';
import { TrainingWriter } from './training-writer.ts';
import { Turns } from './turns.ts';
import { WriteProbe } from './write-probe.ts';

export interface TrainingStoreOptions {
  /** Created when missing, for this user alone. No other process may use it at the same time. */
  readonly folder: string;
  readonly clock: Clock;
  /** Files whose period ended longer ago than this are removed. */
  readonly retentionDays: number;
  /** Hears of every file that was damaged, torn or gone, and what was done about it. */
  readonly onIncident?: (incident: TrainingIncident) => void;
  /** The file system, unless a test puts another in its place. */
  readonly files?: FileLayer;
}

const DATA_CARD_FILE = 'README.md';
const DAY_MS = 86_400_000;

/**
 * Opens the training data of a folder: mends what a crash left unfinished, and puts aside what is damaged.
 * @throws ScannerError `unavailable` with a one-line remedy when the folder is in use or was written by a newer version; `disk_full`
 */
export async function openTrainingStore(options: TrainingStoreOptions): Promise<TrainingStore> {
  let unlock = () => {};
  try {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    unlock = lockFolder(options.folder);
    return await openLocked(options, unlock);
  } catch (error) {
    unlock();
    throw toTrainingError(error);
  }
}

async function openLocked(options: TrainingStoreOptions, unlock: () => void): Promise<TrainingStore> {
  const { folder: root, clock, retentionDays, onIncident = () => {}, files = nodeFiles } = options;
  const folder = new TrainingFolder({ root, files, onIncident });
  const isExpired = ({ period }: TrainingFile) => period.to <= clock.now() - retentionDays * DAY_MS;
  const known = await readManifest(folder);
  const listed = await folder.list();
  const catalog = await openCatalog({ folder, listed, entries: known ?? new Map(), isExpired });
  const sealedFiles = new SealedFiles(folder, catalog);
  const journal = new Journal(
    folder,
    listed.map(({ path }) => path),
  );
  const writer = new TrainingWriter({ folder, catalog, sealedFiles, journal, isExpired });
  await writer.replay(await journal.readOlder());
  const turns = new Turns();
  const sealer = new Sealer({ folder, catalog, sealedFiles });
  const maintenance = new Maintenance({
    clock,
    folder,
    catalog,
    journal,
    writer,
    sealer,
    manifest: new ManifestWriter(folder, clock, known),
    turns,
    isExpired,
  });
  await unlessFull(() => writeDataCard(folder));
  await unlessFull(() => maintenance.saveManifest());
  return new FileTrainingStore({
    clock,
    turns,
    writer,
    reader: new TrainingReader(catalog, sealedFiles),
    maintenance,
    probe: new WriteProbe(folder),
    journalLength: () => journal.length,
    onClosed: unlock,
  });
}

async function writeDataCard(folder: TrainingFolder): Promise<void> {
  const present = await folder.read(DATA_CARD_FILE).then(String, () => null);
  if (present !== DATA_CARD) await folder.replace(DATA_CARD_FILE, Buffer.from(DATA_CARD));
}

/** What is not data can wait until there is room. */
async function unlessFull(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const failure = toTrainingError(error);
    if (!(failure instanceof ScannerError) || failure.code !== 'disk_full') throw error;
  }
}
