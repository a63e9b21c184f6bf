import type { Clock } from '@fast-scanner/shared';
import pLimit from 'p-limit';
import type { Catalog } from './catalog.ts';
import type { Journal } from './journal.ts';
import type { ManifestWriter } from './manifest.ts';
import type { OpenFile } from './open-file.ts';
import { sealTime } from './periods.ts';
import type { Sealer } from './sealer.ts';
import type { TrainingFile } from './training-file.ts';
import type { TrainingFolder } from './training-folder.ts';
import type { MaintenanceReport } from './training-store.ts';
import type { TrainingWriter } from './training-writer.ts';
import { Turns } from './turns.ts';

export interface MaintenanceParts {
  readonly clock: Clock;
  readonly folder: TrainingFolder;
  readonly catalog: Catalog;
  readonly journal: Journal;
  readonly writer: TrainingWriter;
  readonly sealer: Sealer;
  readonly manifest: ManifestWriter;
  /** Of all who read or change files. */
  readonly turns: Turns;
  readonly isExpired: (file: TrainingFile) => boolean;
}

/** Files brought to the disk at the same time. */
const CONCURRENCY = 4;

/** Seals, removes, and lets go of journals. Writers and readers get their turn between two files. */
export class Maintenance {
  readonly #parts: MaintenanceParts;
  readonly #ownTurns = new Turns();
  #isStopped = false;

  constructor(parts: MaintenanceParts) {
    this.#parts = parts;
  }

  /** @throws the first failure, when everything was tried */
  run(): Promise<MaintenanceReport> {
    return this.#ownTurns.take(() => this.#run());
  }

  /** Brings all files to the disk, and removes the journals that kept their content until now. */
  checkpoint(): Promise<void> {
    return this.#ownTurns.take(() => this.#checkpoint());
  }

  /** Leaves what is not begun for the next start, and resolves when nothing is under way. */
  stop(): Promise<void> {
    this.#isStopped = true;
    return this.#ownTurns.take(() => undefined);
  }

  saveManifest(): Promise<void> {
    return this.#parts.manifest.write(this.#parts.catalog.entries());
  }

  async #run(): Promise<MaintenanceReport> {
    const { turns } = this.#parts;
    const removed = await turns.take(() => this.#removeExpired());
    const { sealed, failures } = await this.#sealDue();
    if (removed.length + sealed.length > 0 || this.#parts.journal.hasOlder) await this.#checkpoint();
    if (failures.length > 0) throw failures[0];
    return { sealed, removed };
  }

  async #sealDue(): Promise<{ readonly sealed: string[]; readonly failures: unknown[] }> {
    const { turns, sealer, catalog } = this.#parts;
    const due = catalog.openFiles().filter((open) => this.#isDue(open));
    const sealed: string[] = [];
    const failures: unknown[] = [];
    await turns.take(() => (sealer.unsealReplaced(due) ? this.saveManifest() : undefined));
    for (const open of due) {
      if (this.#isStopped) break;
      try {
        sealed.push(await turns.take(() => sealer.seal(open)));
      } catch (error) {
        failures.push(error);
      }
    }
    return { sealed, failures };
  }

  async #removeExpired(): Promise<string[]> {
    const { catalog, folder, writer, isExpired } = this.#parts;
    const expired = catalog.allFiles().filter(isExpired);
    for (const { path } of expired) {
      await folder.remove(path);
      const open = catalog.open(path);
      if (open) writer.forget(open);
      catalog.remove(path);
    }
    return expired.map(({ path }) => path);
  }

  async #checkpoint(): Promise<void> {
    const { turns, writer, journal, catalog, folder } = this.#parts;
    const [dirty, removeOlder] = await turns.take(async () => {
      await writer.flush();
      return [catalog.openFiles().filter(({ isDirty }) => isDirty), journal.rotate()] as const;
    });
    const limit = pLimit(CONCURRENCY);
    await Promise.all(dirty.map((open) => limit(() => (this.#isStopped ? undefined : open.sync()))));
    if (this.#isStopped) return;
    await folder.syncFolders();
    await turns.take(async () => {
      await this.saveManifest();
      await removeOlder();
    });
  }

  #isDue({ file }: OpenFile): boolean {
    return sealTime(file.kind, file.series.timeframe, file.period) <= this.#parts.clock.now();
  }
}
