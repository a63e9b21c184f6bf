import {
  CONTINUOUS_STREAMS,
  type ContinuousSignal,
  type ContinuousStatus,
  type MarketState,
} from '@fast-scanner/shared';
import { DATA_LABELS } from '../data-labels.ts';
import { formatCount } from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { describeMarketState } from './describe-market-state.ts';
import { describeStream, STREAM_TITLES } from './describe-stream.ts';
import { fitLine, flowLines } from './fit-line.ts';
import { formatAge, renderLiveTable } from './live-table.ts';

/** What the screen shows. */
export interface Picture {
  /** Newest first. */
  readonly signals: readonly ContinuousSignal[];
  /** `null` before the first reading. */
  readonly marketState: MarketState | null;
  readonly status: ContinuousStatus;
  readonly note: string | null;
  /** What Ctrl-C does. */
  readonly footer: string;
}

export interface FrameOptions {
  /** The server's time, epoch ms UTC. */
  readonly now: number;
  /** Size of the terminal, in characters. */
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
}

/** The lines of the screen: never more than it has rows, and none longer than it is wide. The signals get what the rest leaves. */
export function renderFrame(
  picture: Picture,
  { now, columns, rows, paint }: FrameOptions,
): readonly string[] {
  const head = [...renderHead(picture, { columns, paint }), ''];
  const foot = [
    '',
    ...(picture.note === null ? [] : [paint('bad', picture.note)]),
    paint('quiet', picture.footer),
  ];
  const space = Math.max(0, rows - head.length - foot.length - 1); // the titles
  const shown = picture.signals.slice(0, space);
  const table =
    shown.length > 0
      ? renderLiveTable(shown, { now, width: columns, paint })
      : [paint('quiet', 'No signal yet; one comes when a candle closes.')];
  return [...head, ...table, ...foot].slice(0, rows).map((line) => fitLine(line, columns));
}

function renderHead(
  { status, marketState }: Picture,
  { columns, paint }: Pick<FrameOptions, 'columns' | 'paint'>,
): readonly string[] {
  const { streams } = status;
  const health = CONTINUOUS_STREAMS.map((stream) => {
    const text = describeStream(stream, streams[stream]);
    return paint(streams[stream].errors > 0 ? 'bad' : 'plain', text);
  });
  return [
    describeScanner(status),
    marketState === null ? 'market not read yet' : describeMarketState(marketState),
    ...flowLines(health, ' · ', columns),
    ...describeLastError(status).map((text) => paint('bad', text)),
  ];
}

/** `demo: simulated market · 2 symbols · 5m 4h 1h 1d · running for 3 min` */
export function describeScanner(status: ContinuousStatus): string {
  const { data_sources, symbols, config, uptime_s } = status;
  return [
    data_sources.map(({ exchange, kind }) => `${exchange}: ${DATA_LABELS[kind]}`).join(', '),
    formatCount(symbols.length, 'symbol'),
    Object.values(config.timeframes).join(' '),
    uptime_s === null ? 'not running' : `running for ${formatAge(uptime_s)}`,
  ].join(' · ');
}

/** The newest failure of all streams. */
function describeLastError({ streams }: ContinuousStatus): readonly string[] {
  const [newest] = CONTINUOUS_STREAMS.flatMap((stream) => {
    const { last_error } = streams[stream];
    return last_error === null ? [] : [{ stream, ...last_error }];
  }).sort((left, right) => Date.parse(right.at) - Date.parse(left.at));
  if (!newest) return [];
  return [`last error, ${STREAM_TITLES[newest.stream]}: ${newest.detail} (${newest.code})`];
}
