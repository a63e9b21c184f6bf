import { createHash } from 'node:crypto';
import { type Clock, ScannerError, toIsoTime } from '@fast-scanner/shared';
import { z } from 'zod';
import { isMissing } from './training-failure.ts';
import type { TrainingFolder } from './training-folder.ts';

/** Raised when the files can no longer be read by a program that knows the version before. */
export const TRAINING_SCHEMA_VERSION = 1;

const MANIFEST = 'manifest.json';

/** What is known of a file without opening it. */
export interface FileEntry {
  readonly rows: number;
  /** Epoch ms UTC; `null` without rows. */
  readonly firstTime: number | null;
  readonly lastTime: number | null;
  /** Size; of a file that is open, how much of it the checksum is of. */
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  /** A sealed file is complete and does not change, except when records come very late. */
  readonly sealed: boolean;
  /** Candles of sealed files: whether none is missing between the first and the last. */
  readonly gapFree?: boolean | undefined;
}

type Entries = Iterable<readonly [path: string, entry: FileEntry]>;

const timeSchema = z.iso
  .datetime({ precision: 3 })
  .transform((text) => Date.parse(text))
  .nullable();

const manifestSchema = z.object({
  schemaVersion: z.int().positive(),
  files: z.record(
    z.string(),
    z.object({
      rows: z.int().min(0),
      firstTime: timeSchema,
      lastTime: timeSchema,
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      sealed: z.boolean(),
      gapFree: z.boolean().optional(),
    }),
  ),
});

/**
 * The entries by path. `null` when there is no manifest, or an unreadable one, which goes into quarantine: they follow from the files.
 * @throws ScannerError `unavailable` when a newer version has written it
 */
export async function readManifest(folder: TrainingFolder): Promise<ReadonlyMap<string, FileEntry> | null> {
  const text = await folder.read(MANIFEST).then(String, (error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (text === null) return null;
  const content = parseJson(text);
  assertKnownVersion(content);
  const parsed = manifestSchema.safeParse(content);
  if (parsed.success) return new Map(Object.entries(parsed.data.files));
  await folder.quarantine(MANIFEST, 'it is unreadable and is made anew from the files');
  return null;
}

/** Writes the manifest whenever it would say something new. */
export class ManifestWriter {
  readonly #folder: TrainingFolder;
  readonly #clock: Clock;
  #written: string | null;

  /** @param entries what the manifest says now; `null` when there is none */
  constructor(folder: TrainingFolder, clock: Clock, entries: Entries | null) {
    this.#folder = folder;
    this.#clock = clock;
    this.#written = entries && digest(toText(entries));
  }

  async write(entries: Entries): Promise<void> {
    const files = toText(entries);
    const digested = digest(files);
    if (digested === this.#written) return;
    const head = `"schemaVersion": ${TRAINING_SCHEMA_VERSION},\n"updatedAt": "${toIsoTime(this.#clock.now())}"`;
    await this.#folder.replace(MANIFEST, Buffer.from(`{\n${head},\n"files": {\n${files}\n}\n}\n`));
    this.#written = digested;
  }
}

/** One file per line, so that it can be searched and compared line by line. */
function toText(entries: Entries): string {
  return [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, entry]) => `${JSON.stringify(path)}: ${JSON.stringify(toWire(entry))}`)
    .join(',\n');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function toWire({ firstTime, lastTime, ...entry }: FileEntry): object {
  const { rows, ...rest } = entry;
  return { rows, firstTime: toNullableIso(firstTime), lastTime: toNullableIso(lastTime), ...rest };
}

function toNullableIso(time: number | null): string | null {
  return time === null ? null : toIsoTime(time);
}

function assertKnownVersion(content: unknown): void {
  const version = z.object({ schemaVersion: z.number() }).safeParse(content).data?.schemaVersion ?? 0;
  if (version <= TRAINING_SCHEMA_VERSION) return;
  throw new ScannerError(
    'unavailable',
    `the training data were written by a newer version (schema ${version}, this version knows ${TRAINING_SCHEMA_VERSION}): update, or set another DATA_DIR`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
