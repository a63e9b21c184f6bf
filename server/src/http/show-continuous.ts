import { CONTINUOUS_STREAMS, type ContinuousStatus, type StreamState } from '@fast-scanner/shared';
import { Counter, Gauge } from 'prom-client';
import type { Metrics } from '../ops/metrics.ts';
import type { ContinuousService } from '../scanners/continuous/continuous-service.ts';

/** Shows whether the continuous scanner runs, and how late and how faulty each of its streams is. */
export function showContinuous(continuous: ContinuousService, { registry }: Metrics): void {
  const registers = [registry];
  const read = () => continuous.status().catch(() => null); // metrics are wanted most when something is down
  new Gauge({
    name: 'fast_scanner_continuous_running',
    help: 'Whether the continuous scanner runs: 1 or 0',
    registers,
    async collect() {
      const status = await read();
      if (status) this.set(Number(status.running));
    },
  });
  new Gauge({
    name: 'fast_scanner_continuous_lag_seconds',
    help: 'How much later than planned the last run of a stream began; absent before its first',
    labelNames: ['stream'],
    registers,
    async collect() {
      const streams = streamsOf(await read());
      this.reset();
      for (const [stream, { lag_ms }] of streams) if (lag_ms !== null) this.set({ stream }, lag_ms / 1000);
    },
  });
  new Counter({
    name: 'fast_scanner_continuous_errors_total',
    help: 'Failures in a stream since the continuous scanner was started',
    labelNames: ['stream'],
    registers,
    async collect() {
      const streams = streamsOf(await read());
      this.reset();
      for (const [stream, { errors }] of streams) this.inc({ stream }, errors);
    },
  });
}

function streamsOf(status: ContinuousStatus | null): readonly (readonly [string, StreamState])[] {
  return status ? CONTINUOUS_STREAMS.map((stream) => [stream, status.streams[stream]]) : [];
}
