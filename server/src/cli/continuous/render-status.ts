import { CONTINUOUS_STREAMS, type ContinuousStatus, type StreamState } from '@fast-scanner/shared';
import { formatCount, formatMinute, NO_VALUE } from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { type Column, renderTable } from '../render-table.ts';
import { describeMarketState } from './describe-market-state.ts';
import { formatMs, STREAM_TITLES } from './describe-stream.ts';
import { describeScanner } from './render-frame.ts';

interface StreamRow extends StreamState {
  readonly title: string;
}

const COLUMNS: readonly Column<StreamRow>[] = [
  { title: 'Stream', align: 'left', text: ({ title }) => title },
  { title: 'Every', align: 'right', text: ({ interval_s }) => `${interval_s} s` },
  {
    title: 'Last run',
    align: 'left',
    text: ({ last_run_at }) => (last_run_at === null ? NO_VALUE : formatMinute(last_run_at)),
  },
  { title: 'Took', align: 'right', text: ({ last_duration_ms }) => formatMs(last_duration_ms) },
  { title: 'Lag', align: 'right', text: ({ lag_ms }) => formatMs(lag_ms) },
  { title: 'Left out', align: 'right', text: ({ skipped }) => String(skipped) },
  {
    title: 'Errors',
    align: 'right',
    text: ({ errors }) => String(errors),
    tone: ({ errors }) => (errors > 0 ? 'bad' : 'plain'),
  },
  {
    title: 'Last error',
    align: 'left',
    text: ({ last_error }) => (last_error === null ? NO_VALUE : `${last_error.detail} (${last_error.code})`),
  },
];

/** What the scanner follows, how the market is, and how each of its loops does. */
export function renderStatus(status: ContinuousStatus, paint: Paint): string {
  const { running, market_state, buffer_stats, streams } = status;
  if (!running) return 'The continuous scanner does not run.\n';
  const rows = CONTINUOUS_STREAMS.map((stream) => ({ title: STREAM_TITLES[stream], ...streams[stream] }));
  const held = [
    formatCount(buffer_stats.ticks, 'tick'),
    formatCount(buffer_stats.candles, 'candle'),
    formatCount(buffer_stats.signals, 'signal'),
  ];
  const market = market_state === null ? 'market not read yet' : describeMarketState(market_state);
  return `${describeScanner(status)}\n${market}\nheld: ${held.join(', ')}\n${renderTable(COLUMNS, rows, paint)}`;
}
