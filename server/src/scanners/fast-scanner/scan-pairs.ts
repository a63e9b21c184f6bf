import type { ScanResult } from '@fast-scanner/shared';
import type { ScanArchive } from './scan-archive.ts';
import type { ScanJob } from './scan-record.ts';

/** A scan and the one before it that asked the same question. */
export interface ScanPair {
  readonly previousScanId: string;
  readonly scanId: string;
  /** Results of the earlier scan. */
  readonly before: readonly ScanResult[];
  readonly after: readonly ScanResult[];
}

/** Finds what a scan is compared with. */
export class ScanPairs {
  readonly #archive: ScanArchive;

  constructor(archive: ScanArchive) {
    this.#archive = archive;
  }

  /** The scan before this one: the one it was compared with, or would be now; `null` when there is none (any more). */
  async previousOf(job: ScanJob): Promise<ScanJob | null> {
    const { comparison } = job.state;
    if (!comparison) return this.#archive.previousOf(job);
    return comparison.previousScanId === null ? null : this.#archive.job(comparison.previousScanId);
  }

  /** Both with their results. */
  async read(job: ScanJob, previous: ScanJob): Promise<ScanPair> {
    const [before, after] = await Promise.all([
      this.#archive.results(previous.id),
      this.#archive.results(job.id),
    ]);
    const known = job.input.analyze ? await this.#withAnalyses(previous, before) : before;
    return { previousScanId: previous.id, scanId: job.id, before: known, after };
  }

  /**
   * Where the earlier scan has no deep analysis, that of the last scan which made one: quick scans in between must not hide a
   * regime that changed.
   */
  async #withAnalyses(scan: ScanJob, results: readonly ScanResult[]): Promise<readonly ScanResult[]> {
    if (results.every(({ deepAnalysis }) => deepAnalysis)) return results;
    const older = await this.#archive.previousOf(scan, ({ input }) => input.analyze);
    if (!older) return results;
    const analyses = new Map(
      (await this.#archive.results(older.id)).map(({ symbol, deepAnalysis }) => [symbol, deepAnalysis]),
    );
    return results.map((result) => ({
      ...result,
      deepAnalysis: result.deepAnalysis ?? analyses.get(result.symbol) ?? null,
    }));
  }
}
