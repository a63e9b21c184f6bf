import { createLimitedQueue } from '@fast-scanner/server/jobs/limited-queue.ts';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { createMarketFeeds } from '@fast-scanner/server/market-data/market-feeds.ts';
import { signalIdOf } from '@fast-scanner/server/scanners/common/signal-id.ts';
import { Outcomes, type OutcomesOptions } from '@fast-scanner/server/scanners/outcomes/outcomes.ts';
import type { SignalRecord } from '@fast-scanner/server/store/signal-record.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { Store } from '@fast-scanner/server/store/store.ts';
import { type CandleSeries, type SignalOutcome, timeframeMs } from '@fast-scanner/shared';
import { signal } from '../../../contracts/store/signal-records.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { randomSeries } from '../../../support/random-series.ts';
import { RecordedSource } from '../../../support/recorded-source.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Half past an hour. */
export const NOW = Date.UTC(2026, 0, 5, 12, 30);
/** When the newest candle closed. */
export const CLOSE = NOW - HOUR / 2;
/** A live exchange's newest candle is left alone for so long. */
export const SETTLING = 5_000;

/** Candles of a symbol that go on for 1,500 hours. */
export function hourly(symbol: string, seed = 1): CandleSeries {
  return randomSeries({ symbol, count: 2_000, newestOpenTime: CLOSE + 1_500 * HOUR, seed });
}

/** A pending long signal of the candle that closed at `closeTime`, with stop and target so far away that time runs out. */
export function pendingSignal(changes: Partial<SignalRecord> = {}): SignalRecord {
  const made = signal({
    exchange: 'alpha',
    candleCloseTime: CLOSE,
    recordedAt: NOW,
    price: 100,
    stop: 0.001,
    target: 1_000_000,
    horizonCandles: 4,
    ...changes,
  });
  const { candleCloseTime, horizonCandles, timeframe } = made;
  return { ...made, id: signalIdOf(made), dueAt: candleCloseTime + horizonCandles * timeframeMs(timeframe) };
}

export interface LabelledWorld {
  readonly clock: FakeClock;
  readonly store: Store;
  readonly outcomes: Outcomes;
  readonly notes: (readonly [string, object])[];
  readonly bugs: unknown[];
  source(exchange: string): RecordedSource;
  put(...signals: readonly SignalRecord[]): Promise<void>;
  outcomeOf(signal: SignalRecord): Promise<SignalOutcome | null>;
  close(): Promise<void>;
}

export interface LabelledWorldOptions {
  readonly dataDir: string;
  readonly clock?: FakeClock;
  /** By exchange. Default: BTC/USDT and ETH/USDT on alpha. */
  readonly series?: Readonly<Record<string, readonly CandleSeries[]>>;
  /** Default `live`. */
  readonly kind?: 'live' | 'recorded';
  /** The exchange's own time. Default: the clock's. */
  readonly exchangeNow?: () => number;
  readonly options?: Partial<OutcomesOptions>;
}

/** The outcomes over a real store and candles in memory. Nothing runs before `outcomes.settle()` or `outcomes.open()`. */
export async function openLabelledWorld({
  dataDir,
  clock = new FakeClock(NOW),
  series = { alpha: [hourly('BTC/USDT'), hourly('ETH/USDT', 2)] },
  kind = 'live',
  exchangeNow = () => clock.now(),
  options = {},
}: LabelledWorldOptions): Promise<LabelledWorld> {
  const store = await openSqliteStore({ dataDir, clock });
  const queue = createLimitedQueue({ concurrency: 2 });
  const sources = new Map(
    Object.entries(series).map(([exchange, own]) => [
      exchange,
      new RecordedSource({ series: own, now: exchangeNow, exchange, kind }),
    ]),
  );
  const source = (exchange: string) => {
    const found = sources.get(exchange);
    if (!found) throw new Error(`no ${exchange}`);
    return found;
  };
  const feeds = createMarketFeeds({
    exchangeIds: [...sources.keys()],
    defaultExchange: 'alpha',
    open: async (exchange) => createCandleFeed(source(exchange), { clock }),
  });
  const notes: (readonly [string, object])[] = [];
  const bugs: unknown[] = [];
  const outcomes = new Outcomes({
    store,
    feeds,
    clock,
    queue,
    replayer: { replay: () => Promise.reject(new Error('not here')) },
    historyMs: 730 * DAY,
    candleMs: 60 * DAY,
    onNote: (text, details) => notes.push([text, details]),
    onBug: (bug) => bugs.push(bug),
    ...options,
  });
  return {
    clock,
    store,
    outcomes,
    notes,
    bugs,
    source,
    put: async (...signals) => {
      await store.commit({ putSignals: signals });
    },
    outcomeOf: async ({ id }) => (await store.getSignal(id))?.outcome ?? null,
    close: async () => {
      await outcomes.close();
      await queue.close();
      await feeds.close();
      await store.close();
    },
  };
}
