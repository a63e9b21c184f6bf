import { type Clock, type Dispose, ScannerError } from '@fast-scanner/shared';
import { AppendQueue } from './append-queue.ts';
import { exportFile } from './export-file.ts';
import type { Maintenance } from './maintenance.ts';
import { prepareBatch, prepareRecords } from './prepare-batch.ts';
import { toTrainingError } from './training-failure.ts';
import type { TrainingReader } from './training-reader.ts';
import type {
  AppendResult,
  ExportQuery,
  LabelRecord,
  MaintenanceReport,
  TrainingBatch,
  TrainingData,
  TrainingExport,
  TrainingQuery,
  TrainingStore,
} from './training-store.ts';
import type { TrainingWriter } from './training-writer.ts';
import type { Turns } from './turns.ts';
import type { WriteProbe } from './write-probe.ts';

export interface FileTrainingStoreParts {
  readonly clock: Clock;
  readonly turns: Turns;
  readonly writer: TrainingWriter;
  readonly reader: TrainingReader;
  readonly maintenance: Maintenance;
  readonly probe: WriteProbe;
  /** Size of the newest journal, bytes. */
  readonly journalLength: () => number;
  readonly onClosed: () => void;
}

const MAINTENANCE_INTERVAL_MS = 10 * 60_000;
/** What a restart has to read again at most. */
const MOST_JOURNAL_BYTES = 8 * 1024 * 1024;

/** The training data as files in a folder. Use `openTrainingStore`. */
export class FileTrainingStore implements TrainingStore {
  readonly #parts: FileTrainingStoreParts;
  readonly #queue: AppendQueue;
  #cancelMaintenance: Dispose = () => undefined;
  #isCheckpointing = false;
  /** Why the latest maintenance or checkpoint failed; `null` when it did not. */
  #maintenanceFailure: unknown = null;
  #closing: Promise<void> | null = null;

  constructor(parts: FileTrainingStoreParts) {
    this.#parts = parts;
    this.#queue = new AppendQueue(parts.writer, parts.turns, () => this.#limitJournal());
    this.#scheduleMaintenance();
  }

  async append(batch: TrainingBatch): Promise<AppendResult> {
    return this.#write(() => prepareBatch(batch));
  }

  async appendLabels(labels: readonly LabelRecord[]): Promise<AppendResult> {
    return this.#write(() => prepareRecords('labels', labels));
  }

  async read(query: TrainingQuery): Promise<TrainingData> {
    return this.#inTurn(() => this.#parts.reader.read(query));
  }

  async exportFile(query: ExportQuery): Promise<TrainingExport> {
    return this.#inTurn(() => exportFile(this.#parts.reader, query));
  }

  async maintain(): Promise<MaintenanceReport> {
    this.#assertOpen();
    return this.#noting(() => this.#parts.maintenance.run());
  }

  async ping(): Promise<void> {
    const { writer, probe } = this.#parts;
    if (writer.hasUnflushed) await this.#inTurn(() => writer.flush());
    this.#assertOpen();
    await probe.write();
    if (this.#maintenanceFailure !== null) throw this.#maintenanceFailure;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#cancelMaintenance();
    const { turns, writer, maintenance, onClosed } = this.#parts;
    try {
      await maintenance.stop();
      await turns.take(async () => {
        await writer.flush();
        await maintenance.saveManifest();
      });
    } catch {
      // What could not be written is in the journal, and the manifest is mended at the next start.
    } finally {
      onClosed();
    }
  }

  async #write(prepare: () => Parameters<AppendQueue['append']>[0]): Promise<AppendResult> {
    this.#assertOpen();
    const lines = prepare();
    try {
      return await this.#queue.append(lines);
    } catch (error) {
      this.#parts.probe.noteFailure();
      throw error;
    }
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#assertOpen();
    try {
      return await this.#parts.turns.take(work);
    } catch (error) {
      throw toTrainingError(error);
    }
  }

  async #noting<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      const result = await work();
      this.#maintenanceFailure = null;
      return result;
    } catch (error) {
      this.#maintenanceFailure = toTrainingError(error);
      throw this.#maintenanceFailure;
    }
  }

  #limitJournal(): void {
    if (this.#isCheckpointing || this.#parts.journalLength() < MOST_JOURNAL_BYTES) return;
    this.#isCheckpointing = true;
    this.#noting(() => this.#parts.maintenance.checkpoint())
      .catch(() => undefined) // said by ping
      .finally(() => {
        this.#isCheckpointing = false;
      });
  }

  #scheduleMaintenance(): void {
    this.#cancelMaintenance = this.#parts.clock.schedule(MAINTENANCE_INTERVAL_MS, () => {
      this.maintain()
        .catch(() => undefined) // said by ping
        .finally(() => {
          if (!this.#closing) this.#scheduleMaintenance();
        });
    });
  }

  #assertOpen(): void {
    if (this.#closing) throw new ScannerError('unavailable', 'the training data are closed');
  }
}
