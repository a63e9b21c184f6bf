import {
  type MarketJobsQuery,
  type MarketJobsResponse,
  type MarketScanEventName,
  type MarketScanEvents,
  ScannerError,
} from '@fast-scanner/shared';
import { isEnded } from '../../jobs/job-record.ts';
import { parseCursor, toCursor } from '../../jobs/page-cursor.ts';
import type { Store } from '../../store/store.ts';
import { toMarketJob } from './market-job-view.ts';
import { MARKET_SCAN_JOB, type MarketScanJob, toMarketScanJob } from './market-scan-record.ts';
import { marketScanStreamId } from './market-scan-service.ts';

/** Reads market scans from the store. */
export class MarketScanArchive {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * The payload of the event a completed job ended with.
   * @throws ScannerError `gone`, `conflict`, see `MarketScanService.result`
   */
  async outcome<Name extends 'complete' | 'sweepComplete'>(
    job: MarketScanJob,
    name: Name,
  ): Promise<MarketScanEvents[Name]> {
    const last = isEnded(job) ? await this.#lastEvent(job) : null;
    if (last?.type === name) return last.payload as MarketScanEvents[Name]; // by its type
    const now = last ? job : await this.#read(job); // it may have been swept meanwhile
    if (now.sweptAt !== null) {
      const detail = `the results of market scan ${now.id} have been swept; what is left is its summary`;
      throw new ScannerError('gone', detail, { summary: toMarketJob(now) });
    }
    throw new ScannerError('conflict', explainMissing(now, last?.type));
  }

  /** @throws ScannerError `invalid_input` for a cursor that is none */
  async page({ status, limit, cursor }: MarketJobsQuery): Promise<MarketJobsResponse> {
    const records = await this.#store.listJobs({
      kind: MARKET_SCAN_JOB,
      limit: limit + 1,
      ...(cursor === undefined ? {} : { before: parseCursor(cursor) }),
      ...(status === undefined ? {} : { statuses: [status] }),
    });
    const page = records.slice(0, limit);
    const last = page.at(-1);
    return {
      success: true,
      jobs: page.map((record) => toMarketJob(toMarketScanJob(record))),
      next_cursor: last && records.length > limit ? toCursor(last) : null,
    };
  }

  async #read(job: MarketScanJob): Promise<MarketScanJob> {
    const record = await this.#store.getJob(job.id);
    return record ? toMarketScanJob(record) : job;
  }

  async #lastEvent({ id }: MarketScanJob) {
    const streamId = marketScanStreamId(id);
    const { lastSeq } = await this.#store.readEvents(streamId, 0, 1);
    const { events } = await this.#store.readEvents(streamId, lastSeq - 1, 1);
    return events[0] ?? null;
  }
}

function explainMissing({ id, status, input }: MarketScanJob, type: string | undefined): string {
  const ended: readonly MarketScanEventName[] = ['complete', 'sweepComplete'];
  if (ended.some((name) => name === type))
    return `job ${id} is a ${input.task.kind}; ask for its own results`;
  if (status === 'queued' || status === 'running') return `market scan ${id} is ${status}; wait for its end`;
  return `market scan ${id} has no results: it was ${status}`;
}
