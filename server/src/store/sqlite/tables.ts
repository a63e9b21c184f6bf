import type { CommitResult, WriteBatch } from '../store.ts';
import { CandleTable } from './candle-table.ts';
import type { Connection } from './connection.ts';
import { EventTable } from './event-table.ts';
import { ItemTable } from './item-table.ts';
import { JobTable } from './job-table.ts';
import { SettingTable } from './setting-table.ts';
import { SignalTable } from './signal-table.ts';

/** All tables of a database. */
export class Tables {
  readonly jobs: JobTable;
  readonly items: ItemTable;
  readonly events: EventTable;
  readonly settings: SettingTable;
  readonly signals: SignalTable;
  readonly candles: CandleTable;

  constructor(connection: Connection) {
    this.jobs = new JobTable(connection);
    this.items = new ItemTable(connection);
    this.events = new EventTable(connection);
    this.settings = new SettingTable(connection);
    this.signals = new SignalTable(connection);
    this.candles = new CandleTable(connection);
  }

  /** Writes a batch; undoing it after an error is up to the caller's transaction. */
  write(batch: WriteBatch, now: number): CommitResult {
    const { createJobs = [], changeJobs = [], putItems = [], appendEvents = [], putSettings = {} } = batch;
    for (const job of createJobs) this.jobs.insert(job);
    for (const change of changeJobs) this.jobs.change(change);
    for (const item of putItems) this.items.put(item);
    for (const [key, value] of Object.entries(putSettings)) this.settings.put(key, value);
    this.signals.write(batch.putSignals ?? [], batch.settleSignals ?? []);
    return { events: appendEvents.flatMap((append) => this.events.append(append, now)) };
  }
}
