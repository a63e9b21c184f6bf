import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A built file as it travels. */
export interface DashboardAsset {
  readonly bytes: Buffer;
  readonly gzip: Buffer | null;
}

/** The built dashboard, as it was when the server started: a later build changes nothing for it. */
export class DashboardFiles {
  /** The page, with a placeholder where the nonce of its styles goes. */
  readonly page: string;
  readonly #folder: string;
  readonly #names: ReadonlySet<string>;
  readonly #assets = new Map<string, Promise<DashboardAsset>>();

  private constructor(folder: string, page: string) {
    this.page = page;
    this.#folder = join(folder, 'assets');
    this.#names = new Set(readdirSync(this.#folder));
  }

  /** `null` when nothing was built there. */
  static open(folder: string): DashboardFiles | null {
    try {
      return new DashboardFiles(folder, readFileSync(join(folder, 'index.html'), 'utf8'));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** `null` for what is no file of the dashboard. Kept in memory once read. */
  asset(name: string): Promise<DashboardAsset> | null {
    if (!this.#names.has(name)) return null;
    let asset = this.#assets.get(name);
    if (!asset) {
      asset = this.#read(name);
      this.#assets.set(name, asset);
      asset.catch(() => this.#assets.delete(name));
    }
    return asset;
  }

  async #read(name: string): Promise<DashboardAsset> {
    const path = join(this.#folder, name);
    const gzipName = `${name}.gz`;
    const gzip = this.#names.has(gzipName) ? await readFile(join(this.#folder, gzipName)) : null;
    return { bytes: await readFile(path), gzip };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
