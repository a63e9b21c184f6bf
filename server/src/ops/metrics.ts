import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the process counts; scraped at `/metrics`. */
export interface Metrics {
  readonly registry: Registry;
  /** Seconds from request to answer, by route pattern. */
  readonly httpRequests: Histogram<'method' | 'route' | 'status'>;
  readonly sseStreams: Gauge;
  readonly sockets: Gauge;
  readonly subscriptions: Gauge;
  /** Events handed to readers, by window. */
  readonly deliveries: Counter<'window'>;
  /** Readers the server let go, by reason. */
  readonly disconnects: Counter<'reason'>;
  readonly scansStarted: Counter<'exchange' | 'trigger'>;
  readonly runsStarted: Counter<'mode'>;
}

const PREFIX = 'fast_scanner_';

/** A registry of its own, so that several servers in one process do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  addProcessMetrics(registers);
  return {
    registry,
    httpRequests: new Histogram({
      name: `${PREFIX}http_request_seconds`,
      help: 'Duration of HTTP requests',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.025, 0.1, 0.5, 1, 2.5, 10, 30],
      registers,
    }),
    sseStreams: new Gauge({ name: `${PREFIX}sse_streams`, help: 'Open SSE streams', registers }),
    sockets: new Gauge({ name: `${PREFIX}sockets`, help: 'Connected Socket.IO clients', registers }),
    subscriptions: new Gauge({
      name: `${PREFIX}subscriptions`,
      help: 'Live stream subscriptions',
      registers,
    }),
    deliveries: new Counter({
      name: `${PREFIX}event_deliveries_total`,
      help: 'Events handed to readers',
      labelNames: ['window'],
      registers,
    }),
    disconnects: new Counter({
      name: `${PREFIX}reader_disconnects_total`,
      help: 'Readers the server let go',
      labelNames: ['reason'],
      registers,
    }),
    scansStarted: new Counter({
      name: `${PREFIX}scans_started_total`,
      help: 'Accepted scans',
      labelNames: ['exchange', 'trigger'],
      registers,
    }),
    runsStarted: new Counter({
      name: `${PREFIX}runs_started_total`,
      help: 'Accepted scan runs',
      labelNames: ['mode'],
      registers,
    }),
  };
}

function addProcessMetrics(registers: Registry[]): void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  new Gauge({
    name: 'nodejs_eventloop_delay_seconds',
    help: 'Event loop delay since the previous scrape',
    labelNames: ['quantile'],
    registers,
    collect() {
      for (const percentile of [50, 99, 100]) {
        this.set({ quantile: String(percentile / 100) }, toDelaySeconds(delay, percentile));
      }
      delay.reset();
    },
  });
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: 'process_cpu_seconds',
    help: 'CPU time used so far',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.set((user + system) / 1e6);
    },
  });
}

/** The histogram measures whole sleeps of 10 ms; what exceeds them is delay. */
function toDelaySeconds(delay: IntervalHistogram, percentile: number): number {
  const seconds = delay.percentile(percentile) / 1e9 - 0.01;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
}
