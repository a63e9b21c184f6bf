import type { QuickScanResponse } from '@fast-scanner/shared';
import type { StopReason } from '../common/symbol-work.ts';
import type { ScanLedger } from './scan-ledger.ts';
import { ScanRun, type ScanRunContext } from './scan-run.ts';

export interface ActiveScan {
  readonly run: ScanRun;
  /** The answer of phase 1. */
  readonly quickScan: Promise<QuickScanResponse>;
  /** Resolves when the scan has ended, however it did. */
  readonly ended: Promise<void>;
}

/** The scans this process is working on. */
export class ActiveScans {
  readonly #scans = new Map<string, ActiveScan>();

  get size(): number {
    return this.#scans.size;
  }

  /** Newest last. */
  all(): ActiveScan[] {
    return [...this.#scans.values()];
  }

  get(scanId: string): ActiveScan | undefined {
    return this.#scans.get(scanId);
  }

  isAnalyzing(scanId: string, symbol: string): boolean {
    return this.#scans.get(scanId)?.run.isAnalyzing(symbol) ?? false;
  }

  /** Starts a scan. Its early end is known to the log; `onCompleted` hears of a good one. */
  launch(
    ledger: ScanLedger,
    context: ScanRunContext,
    onCompleted: (ledger: ScanLedger) => Promise<void>,
  ): ActiveScan {
    const { id } = ledger.job;
    const run = new ScanRun(ledger, context);
    let ended: Promise<void> = Promise.resolve();
    const quickScan = new Promise<QuickScanResponse>((resolve, reject) => {
      const completed = run.run(resolve).then(() => onCompleted(ledger).catch(context.onBug), reject);
      ended = completed.finally(() => this.#scans.delete(id));
    });
    quickScan.catch(() => undefined); // nobody has to wait for it
    const scan = { run, quickScan, ended };
    this.#scans.set(id, scan);
    return scan;
  }

  /** Stops every scan and waits until none touches the store or an exchange any more. */
  async stopAll(reason: StopReason): Promise<void> {
    const scans = this.all();
    for (const { run } of scans) run.stop(reason);
    await Promise.all(scans.map(({ ended }) => ended));
  }
}
