import {
  CONTINUOUS_STREAMS,
  type ContinuousStatus,
  type ContinuousStream,
  continuousConfigSchema,
  type DataSource,
  type StreamStates,
  toIsoTime,
} from '@fast-scanner/shared';
import type { ContinuousRun } from './continuous-run.ts';
import type { FollowedExchange } from './followed-exchange.ts';
import type { StoredRun } from './stored-run.ts';

/** A scanner that runs. */
export interface ActiveRun {
  readonly stored: StoredRun;
  readonly exchanges: readonly FollowedExchange[];
  readonly run: ContinuousRun;
}

/** What a status says of the run alone. */
export type RunDescription = Pick<
  ContinuousStatus,
  'running' | 'streams' | 'uptime_s' | 'started_at' | 'symbols' | 'data_sources' | 'config'
>;

/** How a run stands (`now` is epoch ms); how a scanner that does not run would begin. */
export function describeRun(active: ActiveRun | null, now: number): RunDescription {
  const config = active?.stored.request.config ?? continuousConfigSchema.parse({});
  return {
    running: active !== null,
    streams: active?.run.streams ?? idleStreams(config),
    uptime_s: active && uptimeOf(active, now),
    started_at: active && toIsoTime(active.stored.startedAt),
    symbols: symbolsOf(active),
    data_sources: dataSourcesOf(active),
    config,
  };
}

/** Seconds. */
export function uptimeOf({ stored }: ActiveRun, now: number): number {
  return Math.max(0, (now - stored.startedAt) / 1000);
}

export function symbolsOf(active: ActiveRun | null): string[] {
  return [...new Set(active?.exchanges.flatMap(({ names }) => names))];
}

export function dataSourcesOf(active: ActiveRun | null): DataSource[] {
  return active?.exchanges.map(({ feed }) => feed.dataSource) ?? [];
}

function idleStreams(config: ContinuousStatus['config']): StreamStates {
  const seconds: Readonly<Record<ContinuousStream, number>> = {
    price: config.price_update_interval,
    signals: config.signal_generation_interval,
    market_state: config.market_state_interval,
    full_scan: config.scan_interval,
  };
  const idle = { last_run_at: null, last_duration_ms: null, lag_ms: null, errors: 0, skipped: 0 };
  const streams = CONTINUOUS_STREAMS.map((stream) => [
    stream,
    { interval_s: seconds[stream], ...idle, last_error: null },
  ]);
  return Object.fromEntries(streams) as StreamStates; // has every stream
}
