import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseTrainingPath, seriesFolder } from '../../store/training/training-file.ts';
import type { SeriesId, TrainingKind, TrainingRange } from '../../store/training/training-store.ts';

export interface CopyOptions {
  /** Folder of training data, be it in use or not. */
  readonly from: string;
  /** An empty one. */
  readonly to: string;
  readonly series: SeriesId;
  readonly kinds: readonly TrainingKind[];
  readonly range: TrainingRange;
}

const MOST_TRIES = 20;

/**
 * Copies a series' files, so that they can be opened while somebody writes the original. Without the manifest, which may be older or newer
 * than they are: the copy is read from end to end.
 */
export async function copySeries(options: CopyOptions): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await copyOnce(options);
    } catch (error) {
      // A file was sealed or removed between finding and copying it: what took its place is found the next time.
      if (!isMissing(error) || tries === MOST_TRIES) throw error;
    }
  }
}

/** The journal first: what leaves it meanwhile is in the files by then. */
async function copyOnce({ from, to, series, kinds, range }: CopyOptions): Promise<void> {
  await copyAll(await filesIn(from, 'journal'), { from, to });
  for (const kind of kinds) {
    const paths = await filesIn(from, seriesFolder(kind, series));
    const isWanted = (path: string) => {
      const period = parseTrainingPath(path)?.period;
      return period !== undefined && period.from <= range.to && period.to > range.from;
    };
    await copyAll(paths.filter(isWanted), { from, to });
  }
}

async function copyAll(paths: readonly string[], { from, to }: Pick<CopyOptions, 'from' | 'to'>) {
  for (const path of paths) {
    const target = join(to, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(from, path), target);
  }
}

/** Paths of the whole files in a folder that need not exist, within `root` and with forward slashes. */
async function filesIn(root: string, folder: string): Promise<readonly string[]> {
  const names = await readdir(join(root, folder)).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names.filter((name) => !name.startsWith('.')).map((name) => `${folder}/${name}`);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
