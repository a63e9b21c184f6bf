import { setTimeout as wait } from 'node:timers/promises';
import type { ScannerClient } from '@fast-scanner/client';
import {
  CONTINUOUS_BUFFERS,
  type ContinuousSignalsResponse,
  type ContinuousStatus,
  type MarketState,
} from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { createPaint } from '../palette.ts';
import { untilAborted } from '../until-aborted.ts';
import type { ContinuousFeed } from './continuous-feed.ts';
import type { ContinuousView } from './continuous-view.ts';
import { createJsonView, createLineView } from './line-view.ts';
import { LiveView } from './live-view.ts';
import { describeScanner } from './render-frame.ts';

export interface FollowContinuousOptions {
  readonly client: ScannerClient;
  readonly feed: ContinuousFeed;
  readonly hasStarted: boolean;
  readonly minScore: number;
  readonly json: boolean;
  /** What Ctrl-C does. */
  readonly footer: string;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** How often the loops are asked how they are. */
const STATUS_INTERVAL_MS = 2000;

/**
 * Shows the scanner until somebody stops it: a picture on a terminal, else lines.
 * @throws the signal's reason; the client's errors
 */
export async function followContinuous(options: FollowContinuousOptions, context: CliContext): Promise<void> {
  const { client, feed, hasStarted, minScore, signal } = options;
  const isLive = context.stdout.isTTY === true && !options.json;
  const status = await client.continuous.status({ signal });
  const limit = CONTINUOUS_BUFFERS.signals;
  const answer = await client.continuous.signals({ min_score: minScore, limit }, { signal });
  if (!isLive) context.stderr.write(`Following ${describeScanner(status)}\n`);
  const view = isLive ? createLiveView(status, answer, options, context) : createView(options, context);
  const forgetConnection = client.onConnectionChange((state) => {
    if (state === 'offline') view.note('The connection is lost; waiting for the server …');
    else if (state === 'open') view.note(null);
  });
  const polling = new AbortController();
  try {
    const marketState = hasStarted ? newest(status) : status.market_state;
    const followed = answer.signals.filter((one) => isFollowed(one, status)).reverse();
    const since = hasStarted ? followed.filter((one) => isSince(one, status)) : []; // a line tells what is new
    feed.open(view, { status, marketState, hasStarted, signals: isLive ? followed : since });
    if (isLive) void pollStatus(client, view, polling.signal);
    await untilAborted(feed.ended, signal);
  } finally {
    polling.abort();
    forgetConnection();
    view.stop();
  }
}

function createLiveView(
  status: ContinuousStatus,
  { timestamp }: ContinuousSignalsResponse,
  { footer }: FollowContinuousOptions,
  context: CliContext,
): ContinuousView {
  // The server's clock, which the signals' times are of.
  const offset = Date.parse(timestamp) - performance.now();
  const now = () => offset + performance.now();
  return new LiveView({ stdout: context.stdout, paint: createPaint(context), now, status, footer });
}

function createView({ json }: FollowContinuousOptions, context: CliContext): ContinuousView {
  return json ? createJsonView(context) : createLineView(context);
}

/** What an earlier scanner has read says nothing of now. */
function newest(status: ContinuousStatus): MarketState | null {
  const { market_state } = status;
  return market_state !== null && isSince(market_state, status) ? market_state : null;
}

/** Signals of an earlier scanner are remembered, too. */
function isFollowed(
  { symbol, exchange }: { readonly symbol: string; readonly exchange: string },
  { symbols, data_sources }: ContinuousStatus,
): boolean {
  return symbols.includes(symbol) && data_sources.some((source) => source.exchange === exchange);
}

function isSince({ timestamp }: { readonly timestamp: string }, { started_at }: ContinuousStatus): boolean {
  return started_at !== null && timestamp >= started_at;
}

async function pollStatus(client: ScannerClient, view: ContinuousView, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await wait(STATUS_INTERVAL_MS, undefined, { signal });
      view.status(await client.continuous.status({ signal }));
    } catch {
      // A connection that is lost is told by itself; the next time may do better.
    }
  }
}
