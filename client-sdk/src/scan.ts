import type { CancelScanResponse, QuickScanResponse, ScanEvents, ScanResponse } from '@fast-scanner/shared';
import type { Connection } from './connection.ts';
import type { HttpTransport } from './http-transport.ts';
import { Job } from './job.ts';

/** A scan on the server. */
export class Scan extends Job<ScanEvents, ScanResponse, CancelScanResponse> {
  readonly scanId: string;
  /** The answer of phase 1; `null` on a handle made from an id. */
  readonly quickScan: QuickScanResponse | null;

  constructor(
    scanId: string,
    quickScan: QuickScanResponse | null,
    transports: { readonly http: HttpTransport; readonly connection: Connection },
  ) {
    const path = `/api/scanner/scans/${encodeURIComponent(scanId)}`;
    super({ ...transports, key: { scanId }, terminals: ['deepAnalysisComplete'], path });
    this.scanId = scanId;
    this.quickScan = quickScan;
  }

  /** The signals of phase 1, in the order they were asked for; empty on a handle made from an id. */
  get signals(): QuickScanResponse['signals'] {
    return this.quickScan?.signals ?? [];
  }
}
