import { type DataSource, type Timeframe, toIsoTime } from '@fast-scanner/shared';
import type { Store } from '../../store/store.ts';
import type { SharedModel } from '../common/model-source.ts';
import { fromSharedText, toSharedText } from '../common/shared-text.ts';
import { isCurrent, type ModelRecord } from './model-record.ts';

/** A model with what is known of it. */
export interface KeptModel {
  readonly record: ModelRecord;
  readonly shared: SharedModel;
}

/** What stands in the store: the model as text, because nobody there looks into it. */
interface StoredModel {
  readonly record: ModelRecord;
  readonly json: string;
}

/** Keeps the newest model of each exchange and timeframe across restarts, each replaced in one write. */
export class ModelArchive {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** `null` when there is none, or it is of a version that cannot be read any more. */
  async load(exchange: string, timeframe: Timeframe): Promise<KeptModel | null> {
    const stored = await this.#read(exchange, timeframe);
    return stored && toKeptModel(stored.record, toSharedText(stored.json));
  }

  /** Whose candles the kept model has learned from; `null` when there is none that can be read. */
  async sourceOf(exchange: string, timeframe: Timeframe): Promise<DataSource | null> {
    return (await this.#read(exchange, timeframe))?.record.dataSource ?? null;
  }

  /** @throws ScannerError `disk_full`, `unavailable` */
  async save({ record, shared }: KeptModel): Promise<void> {
    const stored: StoredModel = { record, json: fromSharedText(shared.json) };
    await this.#store.commit({
      putSettings: { [keyOf(record.dataSource.exchange, record.timeframe)]: stored },
    });
  }

  async #read(exchange: string, timeframe: Timeframe): Promise<StoredModel | null> {
    const stored = (await this.#store.getSetting(keyOf(exchange, timeframe))) as StoredModel | null; // written by save alone
    return stored && isCurrent(stored.record) ? stored : null;
  }
}

export function toKeptModel(record: ModelRecord, json: Uint8Array): KeptModel {
  const { modelId, trainedAt, learnedTo } = record;
  return { record, shared: { modelId, trainedAt: toIsoTime(trainedAt), learnedTo, json } };
}

function keyOf(exchange: string, timeframe: Timeframe): string {
  return `model.${exchange}.${timeframe}`;
}
