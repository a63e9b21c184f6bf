import assert from 'node:assert/strict';
import { createLimitedQueue } from '@fast-scanner/server/jobs/limited-queue.ts';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { createMarketFeeds } from '@fast-scanner/server/market-data/market-feeds.ts';
import type { FullScan, PriceSource } from '@fast-scanner/server/scanners/continuous/continuous-ports.ts';
import { ContinuousScanner } from '@fast-scanner/server/scanners/continuous/continuous-scanner.ts';
import { CONTINUOUS_TOPIC_STREAM } from '@fast-scanner/server/scanners/continuous/continuous-service.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import { createEventLog } from '@fast-scanner/server/streams/create-event-log.ts';
import {
  type CandleSeries,
  type ContinuousEvents,
  type ContinuousStream,
  candleOpenTime,
  continuousEventSchemas,
  type PricesEvent,
  ScannerError,
  type StartContinuousInput,
  startContinuousRequestSchema,
  type Timeframe,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { randomSeries } from '../../../support/random-series.ts';
import { RecordedSource } from '../../../support/recorded-source.ts';
import { faultyStore } from './faulty-store.ts';
import { MemoryTraining } from './memory-training.ts';

export const EXCHANGE = 'recorded';
export const OTHER_EXCHANGE = 'another';
export const SYMBOLS: readonly string[] = ['BTC/USDT', 'ETH/USDT'];
export const TIMEFRAMES_FOLLOWED = ['5m', '4h', '1h', '1d'] as const satisfies readonly Timeframe[];
/** A candle of five minutes has just closed, one of an hour closes in ten minutes. */
export const WORLD_START = Date.UTC(2026, 0, 7, 10, 50, 20);
/** Intervals of all loops but the prices', which are looked at as often. */
export const INTERVAL_MS = 30_000;

/** Every loop every 30 s: tests move from one run to the next. */
export const EVEN_INTERVALS = {
  price_update_interval: 30,
  signal_generation_interval: 30,
  market_state_interval: 30,
  scan_interval: 30,
};

export type ContinuousEvent = {
  [Name in keyof ContinuousEvents]: ContinuousEvents[Name] & { readonly type: Name };
}[keyof ContinuousEvents];

export interface ContinuousWorldOptions {
  readonly dataDir: string;
  readonly clock?: FakeClock;
  readonly training?: MemoryTraining;
  readonly symbols?: readonly string[];
  readonly exchanges?: readonly string[];
  /** Candles of every exchange instead of random ones. */
  readonly series?: readonly CandleSeries[];
  readonly autostart?: boolean;
  readonly isClosedExchange?: (exchange: string) => boolean;
}

type FullScanRequest = Parameters<FullScan>[0];

/** A continuous scanner over candles in memory: real store, log, queue and feeds; prices, full scans and training data in the test's hand. */
export class ContinuousWorld {
  readonly clock: FakeClock;
  readonly sources: ReadonlyMap<string, RecordedSource>;
  readonly training: MemoryTraining;
  readonly scanner: ContinuousScanner;
  readonly faults: ReturnType<typeof faultyStore>['faults'];
  readonly bugs: unknown[] = [];
  /** Full scans that were asked for. */
  readonly fullScans: FullScanRequest[] = [];
  fullScan: FullScan = async () => undefined;
  /** Watches of prices by exchange. */
  readonly watches = new Map<string, Parameters<PriceSource['watch']>[0]>();
  readonly #close: () => Promise<void>;
  readonly #read: () => Promise<ContinuousEvent[]>;

  static async open(options: ContinuousWorldOptions): Promise<ContinuousWorld> {
    const clock = options.clock ?? new FakeClock(WORLD_START);
    const store = await openSqliteStore({ dataDir: options.dataDir, clock });
    const world = new ContinuousWorld(options, { clock, ...faultyStore(store) });
    await world.scanner.open();
    return world;
  }

  private constructor(
    options: ContinuousWorldOptions,
    { clock, store, faults }: { clock: FakeClock } & ReturnType<typeof faultyStore>,
  ) {
    const { symbols = SYMBOLS, exchanges = [EXCHANGE], isClosedExchange = () => false } = options;
    this.clock = clock;
    this.faults = faults;
    this.training = options.training ?? new MemoryTraining();
    this.sources = new Map(
      exchanges.map((exchange, index) => {
        const series = options.series ?? symbols.flatMap((symbol, at) => seriesOf(symbol, 10 * index + at));
        return [exchange, new RecordedSource({ series, now: () => clock.now(), exchange })];
      }),
    );
    const feeds = createMarketFeeds({
      exchangeIds: exchanges,
      defaultExchange: exchanges[0] ?? EXCHANGE,
      open: async (exchange) => {
        if (isClosedExchange(exchange)) throw new ScannerError('exchange_unavailable', `${exchange} is away`);
        return createCandleFeed(this.source(exchange), { clock });
      },
    });
    const onBug = (error: unknown) => this.bugs.push(error);
    const eventLog = createEventLog(store, { onListenerError: onBug });
    const queue = createLimitedQueue({ concurrency: 5 });
    this.scanner = new ContinuousScanner({
      feeds,
      store,
      eventLog,
      clock,
      queue,
      keeper: { keep: () => undefined },
      training: this.training,
      universe: symbols,
      autostart: options.autostart ?? false,
      onBug,
      prices: { watch: async (watch) => this.#watch(watch) },
      fullScan: async (scan) => {
        this.fullScans.push(scan);
        await this.fullScan(scan);
      },
    });
    this.#close = async () => {
      await this.scanner.close();
      await Promise.all([queue.close(), feeds.close()]);
      await store.close();
    };
    this.#read = async () => {
      const { events } = await eventLog.read(CONTINUOUS_TOPIC_STREAM, 0, 100_000);
      return events.map(({ type, payload, seq }) => ({ type, seq, ...payload }) as ContinuousEvent);
    };
  }

  source(exchange = EXCHANGE): RecordedSource {
    const source = this.sources.get(exchange);
    assert.ok(source);
    return source;
  }

  async close(): Promise<void> {
    await this.#close();
  }

  start(input: StartContinuousInput = {}) {
    const config = { ...EVEN_INTERVALS, ...input.config };
    return this.scanner.start(startContinuousRequestSchema.parse({ ...input, config }));
  }

  /** Starts and waits for the first run of every loop. */
  async startAndSettle(input: StartContinuousInput = {}) {
    const answer = await this.start(input);
    await this.settled();
    return answer;
  }

  /** Waits until the runs that were due by now have ended. */
  async settled(
    streams: readonly ContinuousStream[] = ['price', 'signals', 'market_state', 'full_scan'],
  ): Promise<void> {
    await eventually(
      async () => {
        const status = await this.scanner.status();
        const now = toIsoTime(this.clock.now());
        for (const stream of streams)
          assert.equal(status.streams[stream].last_run_at, now, `${stream} has not ended its run of ${now}`);
      },
      { intervalMs: 1 },
    );
  }

  /** Goes to the next run of every loop, `times` times. */
  async step(times = 1): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      await this.clock.advance(INTERVAL_MS);
      await this.settled();
    }
  }

  tellPrices(
    prices: Readonly<Record<string, number>>,
    more: Partial<PricesEvent> = {},
    exchange = EXCHANGE,
  ): void {
    const timestamp = toIsoTime(this.clock.now());
    this.watches.get(exchange)?.onPrices({
      exchange,
      dataSource: { exchange, kind: 'live' },
      prices: Object.entries(prices).map(([symbol, price]) => ({
        symbol,
        price,
        timestamp,
        ageMs: 0,
        change24h: null,
      })),
      errors: null,
      error: null,
      timestamp,
      ...more,
    });
  }

  /** Everything told so far, checked against the contract. */
  async events(): Promise<ContinuousEvent[]> {
    const events = await this.#read();
    events.forEach((event, index) => {
      assert.equal(event.seq, index + 1, 'seqs have no hole');
      continuousEventSchemas[event.type].parse(event);
    });
    return events;
  }

  async told(): Promise<Extract<ContinuousEvent, { type: 'continuousSignal' }>[]> {
    return (await this.events()).filter((event) => event.type === 'continuousSignal');
  }

  #watch(watch: Parameters<PriceSource['watch']>[0]) {
    this.watches.set(watch.exchange, watch);
    return () => {
      this.watches.delete(watch.exchange);
    };
  }
}

/** Candles of the four timeframes that go on for a day. */
export function seriesOf(symbol: string, seed: number): CandleSeries[] {
  return TIMEFRAMES_FOLLOWED.map((timeframe) => {
    const later = Math.ceil(86_400_000 / timeframeMs(timeframe));
    const newestOpenTime = candleOpenTime(WORLD_START, timeframe) + later * timeframeMs(timeframe);
    return randomSeries({ symbol, timeframe, count: 700 + later, newestOpenTime, seed: 100 + seed });
  });
}

/** What makes a signal one of a kind. */
export function identityOf(event: {
  exchange: string;
  symbol: string;
  timeframe: string;
  candleCloseTime: string;
}): string {
  return `${event.exchange} ${event.symbol} ${event.timeframe} ${event.candleCloseTime}`;
}
