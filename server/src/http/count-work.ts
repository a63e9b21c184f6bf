import type { Dispose } from '@fast-scanner/shared';
import { Counter, Gauge } from 'prom-client';
import type { Metrics } from '../ops/metrics.ts';
import type { ContinuousService } from '../scanners/continuous/continuous-service.ts';
import {
  type FastScannerService,
  SCANS_TOPIC_STREAM,
} from '../scanners/fast-scanner/fast-scanner-service.ts';
import type { MarketScanService } from '../scanners/market-scan/market-scan-service.ts';
import type { OutcomesService } from '../scanners/outcomes/outcomes-service.ts';
import { RUNS_TOPIC_STREAM, type ScanRunsService } from '../scanners/scan-runs/scan-runs-service.ts';
import type { EventLog } from '../streams/event-log.ts';
import { showContinuous } from './show-continuous.ts';
import { showOutcomes } from './show-outcomes.ts';

export interface WorkCountOptions {
  readonly scanner: FastScannerService;
  readonly runs: ScanRunsService;
  readonly marketScans: MarketScanService;
  readonly continuous: ContinuousService;
  readonly outcomes: OutcomesService;
  readonly eventLog: EventLog;
  readonly metrics: Metrics;
}

/** Counts accepted scans and runs as they are told on their topics, market scans as their service does, and shows what is queued and at work and how the continuous scanner fares. */
export function countWork(options: WorkCountOptions): Dispose {
  showQueues(options);
  showMarketScans(options);
  const { continuous, outcomes, eventLog, metrics } = options;
  showContinuous(continuous, metrics);
  showOutcomes(outcomes, metrics);
  const disposers = [
    eventLog.subscribe(SCANS_TOPIC_STREAM, (events) => {
      for (const { type, payload } of events) {
        if (type !== 'scanStarted') continue;
        const { exchange, trigger } = payload as { readonly exchange: string; readonly trigger: string }; // by its schema
        metrics.scansStarted.inc({ exchange, trigger });
      }
    }),
    eventLog.subscribe(RUNS_TOPIC_STREAM, (events) => {
      for (const { payload } of events) {
        const { mode, status } = payload as { readonly mode: string; readonly status: string }; // by its schema
        if (status === 'queued') metrics.runsStarted.inc({ mode });
      }
    }),
  ];
  return () => {
    for (const dispose of disposers) dispose();
  };
}

function showQueues({ scanner, runs, metrics }: WorkCountOptions): void {
  const registers = [metrics.registry];
  new Gauge({
    name: 'fast_scanner_background_queue_length',
    help: 'Symbols waiting for or in deep analysis',
    registers,
    async collect() {
      const answer = await scanner.scanStatus().catch(() => null); // metrics are wanted most when the store is down
      if (answer) this.set(answer.status.backgroundQueueLength);
    },
  });
  new Gauge({
    name: 'fast_scanner_runs',
    help: 'Scan runs of this process that have not ended',
    labelNames: ['status'],
    registers,
    collect() {
      for (const [status, count] of Object.entries(runs.counts)) this.set({ status }, count);
    },
  });
}

function showMarketScans({ marketScans, metrics }: WorkCountOptions): void {
  const registers = [metrics.registry];
  new Gauge({
    name: 'fast_scanner_market_scans',
    help: 'Market scans and sweeps of this process that have not ended',
    labelNames: ['status'],
    registers,
    collect() {
      const { running, queued } = marketScans.counts;
      this.set({ status: 'running' }, running);
      this.set({ status: 'queued' }, queued);
    },
  });
  new Counter({
    name: 'fast_scanner_market_scans_started_total',
    help: 'Accepted market scans and sweeps',
    registers,
    collect() {
      this.reset();
      this.inc(marketScans.counts.accepted);
    },
  });
}
