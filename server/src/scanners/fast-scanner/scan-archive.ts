import {
  type ResultsQuery,
  ScannerError,
  type ScanResponse,
  type ScanResult,
  type ScanSummary,
  type ScansQuery,
  type ScansResponse,
  type Timeframe,
} from '@fast-scanner/shared';
import { parseCursor, toCursor } from '../../jobs/page-cursor.ts';
import type { Store } from '../../store/store.ts';
import { compareResults } from './result-order.ts';
import {
  SCAN_JOB,
  type ScanItem,
  type ScanJob,
  SIGNAL_STATUSES,
  toScanItem,
  toScanJob,
  toScanResult,
  toScanSummary,
} from './scan-record.ts';

/** Whether phase 2 works on a symbol of a scan at this moment. */
export type IsAnalyzing = (scanId: string, symbol: string) => boolean;

/** Which scans are meant; what is absent does not matter. */
export interface ScanScope {
  readonly exchange?: string | undefined;
  readonly timeframe?: Timeframe | undefined;
}

export interface StoredScan {
  readonly job: ScanJob;
  readonly items: readonly ScanItem[];
}

const PAGE_SIZE = 100;
/** How far back the scan before another is looked for. */
const MOST_PAGES = 5;

/** Reads scans from the store. */
export class ScanArchive {
  readonly #store: Store;
  readonly #isAnalyzing: IsAnalyzing;

  constructor(store: Store, isAnalyzing: IsAnalyzing) {
    this.#store = store;
    this.#isAnalyzing = isAnalyzing;
  }

  async job(scanId: string): Promise<ScanJob | null> {
    const record = await this.#store.getJob(scanId);
    return record?.kind === SCAN_JOB ? toScanJob(record) : null;
  }

  /** @throws ScannerError `not_found` */
  async load(scanId: string): Promise<StoredScan> {
    const job = await this.job(scanId);
    if (!job) throw new ScannerError('not_found', `there is no scan ${scanId}`);
    const items = await this.#store.listItems(scanId);
    return { job, items: items.map(toScanItem) };
  }

  /** The newest scans, newest first. */
  async newest(limit: number): Promise<ScanJob[]> {
    return (await this.#store.listJobs({ kind: SCAN_JOB, limit })).map(toScanJob);
  }

  /** The newest scan that has signals to show; `null` when there is none among the newest hundred. */
  async newestWithSignals(): Promise<ScanJob | null> {
    // It is nearly always among the first few, and a job row carries all its symbols.
    for (const limit of [5, 100]) {
      const jobs = await this.newest(limit);
      const found = jobs.find(({ state }) => state.symbolCount > 0);
      if (found || jobs.length < limit) return found ?? null;
    }
    return null;
  }

  /** The newest completed scan of an exchange and a timeframe, or of any; `null` when there is none among the newest hundred. */
  async newestCompleted({ exchange, timeframe }: ScanScope): Promise<ScanJob | null> {
    const records = await this.#store.listJobs({
      kind: SCAN_JOB,
      statuses: ['completed'],
      ...(exchange === undefined ? {} : { exchange }),
      limit: PAGE_SIZE,
    });
    const isWanted = ({ input }: ScanJob) => timeframe === undefined || input.timeframe === timeframe;
    return records.map(toScanJob).find(isWanted) ?? null;
  }

  /** Completed scans that change tracking has not compared yet, among the newest hundred; the oldest first. */
  async notCompared(): Promise<ScanJob[]> {
    const records = await this.#store.listJobs({
      kind: SCAN_JOB,
      statuses: ['completed'],
      limit: PAGE_SIZE,
    });
    return records
      .map(toScanJob)
      .filter(({ state }) => state.comparison === null)
      .reverse();
  }

  /** The newest completed scan before `job` that asked the same question and is wanted; `null` when none is near. */
  async previousOf(
    job: ScanJob,
    isWanted: (other: ScanJob) => boolean = () => true,
  ): Promise<ScanJob | null> {
    const question = universeKey(job);
    let before: Pick<ScanJob, 'createdAt' | 'id'> | undefined = job;
    for (let page = 0; before && page < MOST_PAGES; page += 1) {
      const { createdAt, id } = before;
      const records = await this.#store.listJobs({
        kind: SCAN_JOB,
        statuses: ['completed'],
        exchange: job.input.exchange,
        before: { createdAt, id },
        limit: PAGE_SIZE,
      });
      const jobs = records.map(toScanJob);
      const found = jobs.find((other) => universeKey(other) === question && isWanted(other));
      if (found) return found;
      before = records.length < PAGE_SIZE ? undefined : records.at(-1);
    }
    return null;
  }

  /** The newest result of a symbol over all scans. */
  async symbol(symbol: string, exchange?: string): Promise<ScanResult | null> {
    const query = { kind: SCAN_JOB, item: symbol, statuses: SIGNAL_STATUSES };
    const record = await this.#store.findNewestItem(exchange === undefined ? query : { ...query, exchange });
    return record && this.#toResult(record.jobId, toScanItem(record));
  }

  async results(scanId: string): Promise<ScanResult[]> {
    const items = await this.#store.listItems(scanId);
    return items.flatMap((record) => this.#toResult(scanId, toScanItem(record)) ?? []);
  }

  /** Results of one scan, filtered and ordered as asked. */
  async query(scanId: string, { signal, min_strength, sort, limit }: ResultsQuery): Promise<ScanResult[]> {
    const results = (await this.results(scanId)).filter(
      (result) => (!signal || result.signal === signal) && result.strength >= (min_strength ?? 0),
    );
    if (sort) results.sort(compareResults(sort));
    return results.slice(0, limit);
  }

  async scan(scanId: string): Promise<ScanResponse> {
    const { job, items } = await this.load(scanId);
    return {
      success: true,
      scan: toScanSummary(job),
      signals: items.flatMap((item) => this.#toResult(scanId, item) ?? []),
      failures: items.flatMap(({ failure }) => failure ?? []),
    };
  }

  async summary(scanId: string): Promise<ScanSummary | null> {
    const job = await this.job(scanId);
    return job && toScanSummary(job);
  }

  async scans({ limit, cursor, symbol, exchange }: ScansQuery): Promise<ScansResponse> {
    const records = await this.#store.listJobs({
      kind: SCAN_JOB,
      limit: limit + 1,
      ...(cursor === undefined ? {} : { before: parseCursor(cursor) }),
      ...(symbol === undefined ? {} : { item: symbol }),
      ...(exchange === undefined ? {} : { exchange }),
    });
    const page = records.slice(0, limit);
    const last = page.at(-1);
    return {
      success: true,
      scans: page.map((record) => toScanSummary(toScanJob(record))),
      nextCursor: last && records.length > limit ? toCursor(last) : null,
    };
  }

  #toResult(scanId: string, item: ScanItem): ScanResult | null {
    return toScanResult(item, this.#isAnalyzing(scanId, item.symbol));
  }
}

function universeKey({ input }: ScanJob): string {
  return JSON.stringify([input.exchange, input.timeframe, [...input.symbols].sort()]);
}
