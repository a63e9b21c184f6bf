import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '@fast-scanner/server/engine.ts';
import { createWorkerAnalyst } from '@fast-scanner/server/scanners/common/worker-analyst.ts';
import { quickScanRequestSchema, type Timeframe } from '@fast-scanner/shared';
import { exchangeOptionsFor } from '../test/support/exchange-server/index.ts';
import { testConfig } from '../test/support/test-config.ts';
import { type ExchangeProcess, startExchangeProcess } from './support/exchange-process.ts';
import { median } from './support/measure.ts';
import { printTable } from './support/table.ts';

/**
 * Phase 1 against a real exchange protocol at 80 ms latency: this product, cold and warm, beside a sequential loop over plain
 * ccxt and a 5-concurrent one, as ratios to the floor `ceil(N / 5) · latency` that no 5-concurrent scan can beat.
 */
const LATENCY_MS = 80;
const CONCURRENCY = 5;
const SIZES = process.argv.includes('--quick') ? [20] : [20, 50, 100];
/** Each round scans a timeframe that nothing was fetched of; the first one warms up the compiler. */
const WARMUP_TIMEFRAME = '3m';
const TIMEFRAMES = ['5m', '15m', '30m', '1h'] as const;

/** Started once, as in a server; this bench asks for no deep analysis. */
const ANALYST = createWorkerAnalyst({ threads: 1 });

interface PlainExchange {
  loadMarkets(): Promise<unknown>;
  fetchOHLCV(symbol: string, timeframe: string, since: undefined, limit: number): Promise<unknown>;
}

async function plainCcxt(server: ExchangeProcess): Promise<PlainExchange> {
  const { binance } = await import('ccxt');
  const exchange = new binance({
    ...exchangeOptionsFor(server),
    enableRateLimit: true,
    options: { fetchMarkets: { types: ['spot'] } },
  });
  await exchange.loadMarkets();
  return exchange;
}

async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function sequential(exchange: PlainExchange, symbols: readonly string[]): Promise<void> {
  for (const symbol of symbols) await exchange.fetchOHLCV(symbol, '1h', undefined, 301);
}

async function concurrent(exchange: PlainExchange, symbols: readonly string[]): Promise<void> {
  const waiting = [...symbols];
  const lane = async () => {
    for (let symbol = waiting.shift(); symbol !== undefined; symbol = waiting.shift()) {
      await exchange.fetchOHLCV(symbol, '1h', undefined, 301);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
}

async function withEngine<Result>(
  server: ExchangeProcess,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fast-scanner-bench-'));
  const config = testConfig({
    dataDir,
    defaultExchange: 'binance',
    exchangeOptions: { binance: exchangeOptionsFor(server) },
  });
  const engine = await createEngine(config, {
    analyst: { ...ANALYST, close: async () => undefined },
    onBug: (error) => console.error(error),
  });
  try {
    await engine.open();
    await (await engine.feeds.get('binance')).markets(); // the server does this at its start
    return await work(engine);
  } finally {
    await engine.close();
    rmSync(dataDir, { recursive: true });
  }
}

async function quickScan(
  { scanner }: Engine,
  symbols: readonly string[],
  timeframe: Timeframe,
): Promise<void> {
  const request = quickScanRequestSchema.parse({ symbols, timeframe, analyze: false });
  const { quickScan: answer } = await scanner.start(request);
  const { count } = await answer;
  if (count !== symbols.length) throw new Error(`${count} of ${symbols.length} signals`);
}

async function measure(size: number): Promise<(string | number)[]> {
  const server = await startExchangeProcess(size, LATENCY_MS);
  const plain = await plainCcxt(server);
  const times = {
    cold: [] as number[],
    warm: [] as number[],
    sequential: [] as number[],
    concurrent: [] as number[],
  };
  await withEngine(server, async (engine) => {
    await quickScan(engine, server.symbols, WARMUP_TIMEFRAME);
    for (const timeframe of TIMEFRAMES) {
      times.cold.push(await timeMs(() => quickScan(engine, server.symbols, timeframe)));
      times.warm.push(await timeMs(() => quickScan(engine, server.symbols, timeframe)));
      times.concurrent.push(await timeMs(() => concurrent(plain, server.symbols)));
    }
  });
  times.sequential.push(await timeMs(() => sequential(plain, server.symbols)));
  server.close();
  const floorMs = Math.ceil(size / CONCURRENCY) * LATENCY_MS;
  const coldMs = median(times.cold);
  const ratio = (value: number) => (value / floorMs).toFixed(3);
  return [
    size,
    floorMs,
    coldMs.toFixed(0),
    ratio(coldMs),
    ratio(median(times.warm)),
    ratio(median(times.concurrent)),
    ratio(median(times.sequential)),
    `${(median(times.sequential) / coldMs).toFixed(1)} ×`,
  ];
}

const rows: (string | number)[][] = [];
for (const size of SIZES) rows.push(await measure(size));
printTable(
  `Quick scan over real ccxt at ${LATENCY_MS} ms latency (medians of ${TIMEFRAMES.length}; ratios to the floor; goal: cold ≤ 1.15, warm ≤ 0.05)`,
  [
    'symbols',
    'floor ms',
    'cold ms',
    'cold',
    'warm',
    'ccxt 5 lanes',
    'ccxt one by one',
    'faster than one by one',
  ],
  rows,
);
await ANALYST.close();
