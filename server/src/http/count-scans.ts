import type { Dispose } from '@fast-scanner/shared';
import { Gauge } from 'prom-client';
import type { Metrics } from '../ops/metrics.ts';
import {
  type FastScannerService,
  SCANS_TOPIC_STREAM,
} from '../scanners/fast-scanner/fast-scanner-service.ts';
import type { EventLog } from '../streams/event-log.ts';

export interface ScanCountOptions {
  readonly scanner: FastScannerService;
  readonly eventLog: EventLog;
  readonly metrics: Metrics;
}

/** Counts accepted scans as they are told on the topic, and shows the queue of the deep analysis. */
export function countScans({ scanner, eventLog, metrics }: ScanCountOptions): Dispose {
  new Gauge({
    name: 'fast_scanner_background_queue_length',
    help: 'Symbols waiting for or in deep analysis',
    registers: [metrics.registry],
    async collect() {
      const answer = await scanner.scanStatus().catch(() => null); // metrics are wanted most when the store is down
      if (answer) this.set(answer.status.backgroundQueueLength);
    },
  });
  return eventLog.subscribe(SCANS_TOPIC_STREAM, (events) => {
    for (const { type, payload } of events) {
      if (type !== 'scanStarted') continue;
      const { exchange, trigger } = payload as { readonly exchange: string; readonly trigger: string }; // by its schema
      metrics.scansStarted.inc({ exchange, trigger });
    }
  });
}
