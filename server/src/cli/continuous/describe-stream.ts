import type { ContinuousStream, StreamState } from '@fast-scanner/shared';
import { formatCount, NO_VALUE } from '../format-cells.ts';
import type { StreamChange } from './continuous-view.ts';
import { onOneLine } from './fit-line.ts';

/** How the streams are called. */
export const STREAM_TITLES: Readonly<Record<ContinuousStream, string>> = {
  price: 'prices',
  signals: 'signals',
  market_state: 'market state',
  full_scan: 'full scan',
};

/** `prices every 5 s: took 12 ms, lag 0 ms, 0 errors` */
export function describeStream(stream: ContinuousStream, state: StreamState): string {
  const { interval_s, last_duration_ms, lag_ms, errors } = state;
  const health = `took ${formatMs(last_duration_ms)}, lag ${formatMs(lag_ms)}, ${formatCount(errors, 'error')}`;
  return `${STREAM_TITLES[stream]} every ${interval_s} s: ${health}`;
}

/** `signals failing: the exchange did not answer (exchange_timeout), 3 errors`; of the scanner as a whole `scanner stopped`. */
export function describeChange({ stream, change, streams }: StreamChange): string {
  if (stream === null) return `scanner ${change}`;
  const { last_error, errors } = streams[stream];
  const reason = change === 'failing' && last_error ? `: ${last_error.detail} (${last_error.code})` : '';
  return `${STREAM_TITLES[stream]} ${change}${onOneLine(reason)}, ${formatCount(errors, 'error')}`;
}

/** `12 ms`, `3.4 s`; `null` is no value yet. */
export function formatMs(durationMs: number | null): string {
  if (durationMs === null) return NO_VALUE;
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}
