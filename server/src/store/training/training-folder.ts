import { dirname, join, relative, resolve, sep } from 'node:path';
import type { FileLayer, ListedFile } from './file-layer.ts';

/** Something that was found wrong with a file and has been dealt with. */
export interface TrainingIncident {
  /** Within the folder, with forward slashes. */
  readonly path: string;
  /** What was wrong, and what was done about it. */
  readonly detail: string;
}

export interface TrainingFolderOptions {
  readonly root: string;
  readonly files: FileLayer;
  readonly onIncident: (incident: TrainingIncident) => void;
}

const QUARANTINE = 'quarantine';
/** Begin of the names of files that have no content yet; they get their own name when they are whole. */
const UNFINISHED = /(^|\/)\.[^/]+\.tmp$/;

/** The files of the training data by their paths within the folder (forward slashes), none of which leads out of it. */
export class TrainingFolder {
  readonly #root: string;
  readonly #files: FileLayer;
  readonly #onIncident: (incident: TrainingIncident) => void;
  readonly #made = new Set<string>();
  /** Folders with names that may not be on disk yet. */
  #unsynced = new Set<string>();

  constructor({ root, files, onIncident }: TrainingFolderOptions) {
    this.#root = resolve(root);
    this.#files = files;
    this.#onIncident = onIncident;
  }

  read(path: string): Promise<Buffer> {
    return this.#files.read(this.#resolve(path));
  }

  /** Writes behind what is there already; when that fails, the file is as it was. */
  async append(path: string, bytes: Uint8Array, position: number): Promise<void> {
    const target = await this.#prepare(path);
    if (position === 0) this.#unsynced.add(dirname(target));
    try {
      await this.#files.write(target, bytes, { position });
    } catch (error) {
      await this.#undo(target, position);
      throw error;
    }
  }

  /** As `append`, and on disk when it resolves. */
  async appendDurably(path: string, bytes: Uint8Array, position: number): Promise<void> {
    const target = await this.#prepare(path);
    try {
      await this.#files.write(target, bytes, { position, durable: true });
      if (position === 0) await this.#syncNames(target);
    } catch (error) {
      await this.#undo(target, position);
      throw error;
    }
  }

  /** Puts a whole file in the place of another, or none: it is on disk before it gets its name. */
  async replace(path: string, bytes: Uint8Array): Promise<void> {
    const target = await this.#prepare(path);
    const unfinished = join(dirname(target), `.${path.slice(path.lastIndexOf('/') + 1)}.tmp`);
    try {
      await this.#files.remove(unfinished);
      await this.#files.write(unfinished, bytes, { position: 0, durable: true });
      await this.#files.rename(unfinished, target);
    } catch (error) {
      await this.#undo(unfinished, 0);
      throw error;
    }
    await this.#syncNames(target);
  }

  truncate(path: string, length: number): Promise<void> {
    return this.#files.truncate(this.#resolve(path), length);
  }

  remove(path: string): Promise<void> {
    return this.#files.remove(this.#resolve(path));
  }

  syncFile(path: string): Promise<void> {
    return this.#files.syncFile(this.#resolve(path));
  }

  /** Names that a former process may have left unsynced: the file's and those of the folders it is in. */
  expectUnsynced(path: string): void {
    for (
      let folder = dirname(this.#resolve(path));
      folder.length >= this.#root.length;
      folder = dirname(folder)
    )
      this.#unsynced.add(folder);
  }

  /** Brings the name of a file to the disk, and those of the folders it is in. */
  async syncNames(path: string): Promise<void> {
    await this.#syncNames(this.#resolve(path));
  }

  /** Brings the names of all new files and folders to the disk. */
  async syncFolders(): Promise<void> {
    const folders = this.#unsynced;
    this.#unsynced = new Set();
    try {
      for (const folder of folders) await this.#files.syncFolder(folder);
    } catch (error) {
      for (const folder of folders) this.#unsynced.add(folder);
      throw error;
    }
  }

  /** Every file but the unfinished ones, which are removed. */
  async list(): Promise<readonly ListedFile[]> {
    await this.#files.makeFolder(this.#root);
    const listed = (await this.#files.list(this.#root)).map(({ path, bytes }) => ({
      path: relative(this.#root, path).split(sep).join('/'),
      bytes,
    }));
    for (const { path } of listed) if (UNFINISHED.test(path)) await this.remove(path);
    return listed.filter(({ path }) => !UNFINISHED.test(path));
  }

  /** Moves a file aside, beside a note that says why. */
  async quarantine(path: string, reason: string): Promise<void> {
    const aside = await this.#findPlaceAside(path);
    await this.replace(`${aside}.reason.txt`, Buffer.from(`${reason}\n`));
    const target = await this.#prepare(`${aside}.corrupt`);
    await this.#files.rename(this.#resolve(path), target);
    await this.#syncNames(target);
    this.report(path, `${reason}; moved to ${aside}.corrupt`);
  }

  /** Keeps a copy of a file aside, beside a note that says why; the file stays where it is. */
  async quarantineCopy(path: string, bytes: Uint8Array, reason: string): Promise<void> {
    const aside = await this.#findPlaceAside(path);
    await this.replace(`${aside}.reason.txt`, Buffer.from(`${reason}\n`));
    await this.replace(`${aside}.corrupt`, bytes);
    this.report(path, `${reason}; a copy as it was is ${aside}.corrupt`);
  }

  report(path: string, detail: string): void {
    this.#onIncident({ path, detail });
  }

  /** Brings the name of a file to the disk, and those of the folders it is in unless they are there. */
  async #syncNames(target: string): Promise<void> {
    for (let folder = dirname(target); folder.length >= this.#root.length; folder = dirname(folder)) {
      if (folder !== dirname(target) && !this.#unsynced.has(folder)) continue;
      await this.#files.syncFolder(folder);
      this.#unsynced.delete(folder);
    }
  }

  /** The first name in quarantine that is free. */
  async #findPlaceAside(path: string): Promise<string> {
    const isTaken = (name: string) =>
      this.#files.realPath(this.#resolve(`${name}.corrupt`)).then(
        () => true,
        () => false,
      );
    let name = `${QUARANTINE}/${path}`;
    for (let copy = 2; await isTaken(name); copy += 1) name = `${QUARANTINE}/${path}.${copy}`;
    return name;
  }

  /** The absolute path, in a folder that exists. */
  async #prepare(path: string): Promise<string> {
    const target = this.#resolve(path);
    const folder = dirname(target);
    if (this.#made.has(folder)) return target;
    const firstMade = await this.#files.makeFolder(folder);
    const real = await this.#files.realPath(folder);
    this.#assertInside(real, await this.#files.realPath(this.#root));
    if (firstMade !== undefined)
      for (let above = folder; above.length >= dirname(firstMade).length; above = dirname(above))
        this.#unsynced.add(above);
    this.#made.add(folder);
    return target;
  }

  #resolve(path: string): string {
    const target = resolve(this.#root, path);
    this.#assertInside(target, this.#root);
    return target;
  }

  #assertInside(target: string, root: string): void {
    if (target !== root && !target.startsWith(root + sep))
      throw new Error(`${target} is not in ${root}: no training data are kept outside of their folder`);
  }

  /** After a failed write. When even this fails, what is too much is dropped when the file is opened again. */
  async #undo(target: string, length: number): Promise<void> {
    // Perhaps somebody has removed the folder.
    this.#made.delete(dirname(target));
    try {
      if (length === 0) await this.#files.remove(target);
      else await this.#files.truncate(target, length);
    } catch {
      // The failure of the write says what is wrong.
    }
  }
}
