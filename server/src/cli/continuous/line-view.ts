import type { ContinuousSignal, MarketState } from '@fast-scanner/shared';
import type { OutputStream } from '../cli-context.ts';
import { formatNumber, formatPrice } from '../format-cells.ts';
import type { ContinuousView, StreamChange } from './continuous-view.ts';
import { describeMarketState } from './describe-market-state.ts';
import { describeChange } from './describe-stream.ts';

export interface LineStreams {
  /** Results. */
  readonly stdout: OutputStream;
  /** Everything else. */
  readonly stderr: OutputStream;
}

/** A line for each thing the scanner tells: for files and for terminals that cannot redraw. */
export function createLineView(streams: LineStreams): ContinuousView {
  return createPrintingView(streams, {
    signal: toSignalLine,
    marketState: (state) => `${formatSecond(state.timestamp)} market ${describeMarketState(state)}`,
    streamChange: (change) => `${formatSecond(change.timestamp)} ${describeChange(change)}`,
  });
}

/** A JSON object on a line for each thing the scanner tells, with the name of its event as `type`. */
export function createJsonView(streams: LineStreams): ContinuousView {
  return createPrintingView(streams, {
    signal: (signal) => JSON.stringify({ type: 'continuousSignal', ...signal }),
    marketState: (state) => JSON.stringify({ type: 'marketState', ...state }),
    streamChange: (change) => JSON.stringify({ type: 'streamStatus', ...change }),
  });
}

interface LinePrinter {
  readonly signal: (signal: ContinuousSignal) => string;
  readonly marketState: (state: MarketState) => string;
  readonly streamChange: (change: StreamChange) => string;
}

function createPrintingView({ stdout, stderr }: LineStreams, printer: LinePrinter): ContinuousView {
  return {
    signal: (signal) => stdout.write(`${printer.signal(signal)}\n`),
    marketState: (state) => stdout.write(`${printer.marketState(state)}\n`),
    streamChange: (change) => stdout.write(`${printer.streamChange(change)}\n`),
    status: () => undefined, // what changes is told by itself
    note: (text) => text !== null && stderr.write(`${text}\n`),
    stop: () => undefined, // a line is complete as it is
  };
}

function toSignalLine(signal: ContinuousSignal): string {
  const { timestamp, exchange, symbol, style, timeframe, signal_type, price } = signal;
  return [
    `${formatSecond(timestamp)} signal ${symbol} ${exchange} ${style} ${timeframe} ${signal_type}`,
    `score ${formatNumber(signal.combined_score, 1)}`,
    `momentum ${formatNumber(signal.momentum.momentum_score, 1)}`,
    `reversion ${formatNumber(signal.reversion.reversion_score, 1)}`,
    `price ${formatPrice(price)}`,
  ].join(' ');
}

/** `2026-01-07 10:20:05 UTC` of an ISO time. */
function formatSecond(isoTime: string): string {
  return `${isoTime.slice(0, 19).replace('T', ' ')} UTC`;
}
