import {
  type AlertPreviewQuery,
  type AlertPreviewResponse,
  type ChangesQuery,
  type ChangesResponse,
  type Clock,
  type ScanDiffResponse,
  ScannerError,
  toIsoTime,
} from '@fast-scanner/shared';
import type { AlertBook } from './alert-book.ts';
import type { ScanArchive, ScanScope } from './scan-archive.ts';
import { compareScans } from './scan-diff.ts';
import type { ScanPair, ScanPairs } from './scan-pairs.ts';
import type { ScanJob } from './scan-record.ts';

export interface ScanChangesOptions {
  readonly archive: ScanArchive;
  readonly pairs: ScanPairs;
  readonly alerts: AlertBook;
  readonly clock: Clock;
}

/** A scan with what it is compared with, or why with nothing. */
type Found =
  | { readonly job: ScanJob; readonly pair: ScanPair; readonly reason: null }
  | { readonly job: ScanJob | null; readonly pair: null; readonly reason: string };

/** Answers about what changed between scans. */
export class ScanChanges {
  readonly #options: ScanChangesOptions;

  constructor(options: ScanChangesOptions) {
    this.#options = options;
  }

  /** @throws ScannerError `not_found` when there is no such scan */
  async changes({ scanId, symbol, change, limit, ...scope }: ChangesQuery): Promise<ChangesResponse> {
    const { job, pair, reason } = await this.#find(scanId, scope);
    const all = pair ? compareScans(pair.before, pair.after) : [];
    const wanted = all.filter(
      (one) => (symbol ?? one.symbol) === one.symbol && (change ?? one.change) === one.change,
    );
    const changes = wanted.slice(0, limit);
    return {
      success: true,
      scanId: job?.id ?? null,
      previousScanId: pair?.previousScanId ?? null,
      timeframe: job?.input.timeframe ?? null,
      dataSource: job?.input.dataSource ?? null,
      changes,
      count: changes.length,
      reason,
      timestamp: this.#timestamp(),
    };
  }

  /** What the rules make of the newest scan, without telling anybody. */
  async preview({ symbol, ...scope }: AlertPreviewQuery): Promise<AlertPreviewResponse> {
    const { alerts } = this.#options;
    await alerts.open();
    const { job, pair, reason } = await this.#find(undefined, scope);
    const all = pair ? alerts.judge(pair).map(({ verdict }) => verdict) : [];
    const verdicts = all.filter(
      (verdict) => verdict.symbol === null || (symbol ?? verdict.symbol) === verdict.symbol,
    );
    return {
      success: true,
      scanId: job?.id ?? null,
      previousScanId: pair?.previousScanId ?? null,
      verdicts,
      count: verdicts.filter(({ outcome }) => outcome === 'fires').length,
      reason,
      timestamp: this.#timestamp(),
    };
  }

  /** @throws ScannerError `not_found`; `conflict` when the two looked at different candles */
  async diff(from: string, to: string): Promise<ScanDiffResponse> {
    const { archive } = this.#options;
    const [earlier, later] = await Promise.all([archive.load(from), archive.load(to)]);
    assertComparable(earlier.job, later.job);
    const [before, after] = await Promise.all([archive.results(from), archive.results(to)]);
    return { success: true, from, to, changes: compareScans(before, after) };
  }

  async #find(scanId: string | undefined, scope: ScanScope): Promise<Found> {
    const { archive, pairs } = this.#options;
    const job =
      scanId === undefined ? await archive.newestCompleted(scope) : (await archive.load(scanId)).job;
    if (!job) return { job, pair: null, reason: `no scan${describeScope(scope)} has completed yet` };
    if (job.status !== 'completed') {
      const reason = `scan ${job.id} is ${job.status}; only completed scans are compared`;
      return { job, pair: null, reason };
    }
    const previous = await pairs.previousOf(job);
    if (!previous) return { job, pair: null, reason: whyAlone(job) };
    return { job, pair: await pairs.read(job, previous), reason: null };
  }

  #timestamp(): string {
    return toIsoTime(this.#options.clock.now());
  }
}

function assertComparable(earlier: ScanJob, later: ScanJob): void {
  const describe = ({ input }: ScanJob) => `${input.timeframe} candles of ${input.exchange}`;
  if (describe(earlier) === describe(later)) return;
  const detail = `scan ${earlier.id} looked at ${describe(earlier)}, scan ${later.id} at ${describe(later)}`;
  throw new ScannerError('conflict', `${detail}: compare scans of one exchange and timeframe`);
}

function whyAlone({ input, state }: ScanJob): string {
  if (state.comparison?.previousScanId) return 'the scan before this one has been deleted';
  return `this scan is the first of its symbols on ${input.exchange}, ${input.timeframe} candles`;
}

function describeScope({ exchange, timeframe }: ScanScope): string {
  return `${exchange === undefined ? '' : ` of ${exchange}`}${timeframe === undefined ? '' : ` on ${timeframe}`}`;
}
