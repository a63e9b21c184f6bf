import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createScannerClient } from '@fast-scanner/client';
import { createApp } from '@fast-scanner/server/app.ts';
import {
  type ExchangeServer,
  exchangeOptionsFor,
  startExchangeServer,
} from '../test/support/exchange-server/index.ts';
import { testConfig } from '../test/support/test-config.ts';
import { median } from './support/measure.ts';
import { printTable } from './support/table.ts';

/**
 * What it costs the exchange when 20 clients watch 50 symbols: through this product, with its stream and without, each measured for a minute
 * (15 s and projected with `--quick`), beside clients that poll plain ccxt every 3 s, measured for one poll of each and projected.
 */
const SYMBOLS = 50;
const CLIENTS = 20;
const POLLS_A_MINUTE = 20;
const SECONDS = process.argv.includes('--quick') ? 15 : 60;
const GOAL = 20;

function tickerCalls({ requests }: ExchangeServer): number {
  return requests.filter(({ path }) => path === '24hr').length;
}

async function watched(exchange: ExchangeServer, has: { readonly watchTickers?: boolean } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'fast-scanner-bench-'));
  const exchangeOptions = { binance: { ...exchangeOptionsFor(exchange), has } };
  const app = await createApp(testConfig({ dataDir, defaultExchange: 'binance', exchangeOptions }));
  const { url } = await app.start();
  await (await app.feeds.get('binance')).markets(); // not part of watching
  exchange.reset();
  const delaysMs: number[] = [];
  let prices = 0;
  const clients = Array.from({ length: CLIENTS }, () => createScannerClient({ url }));
  for (const client of clients) {
    client.prices.watch(exchange.symbols, (update) => {
      prices += update.prices.length;
      delaysMs.push(...update.prices.map(({ timestamp }) => Date.now() - Date.parse(timestamp)));
    });
  }
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
  const calls = tickerCalls(exchange);
  const sockets = exchange.stream.opened;
  for (const client of clients) client.close();
  await app.close();
  rmSync(dataDir, { recursive: true });
  return {
    callsAMinute: (calls * 60) / SECONDS,
    sockets,
    pricesAMinute: (prices * 60) / SECONDS,
    delayMs: median(delaysMs),
  };
}

/** One poll of every client. */
async function polled(exchange: ExchangeServer, poll: 'one by one' | 'in bulk') {
  const { binance } = await import('ccxt');
  const client = new binance({ ...exchangeOptionsFor(exchange), enableRateLimit: false });
  client.options['fetchMarkets'] = { types: ['spot'] };
  await client.loadMarkets();
  exchange.reset();
  for (let turn = 0; turn < CLIENTS; turn += 1) {
    if (poll === 'in bulk') await client.fetchTickers([...exchange.symbols]);
    else for (const symbol of exchange.symbols) await client.fetchTicker(symbol);
  }
  return tickerCalls(exchange) * POLLS_A_MINUTE;
}

const exchange = await startExchangeServer({ symbols: SYMBOLS });
const ours = await watched(exchange);
const unpushed = await watched(exchange, { watchTickers: false });
const singly = await polled(exchange, 'one by one');
const inBulk = await polled(exchange, 'in bulk');
await exchange.close();

printTable(
  `${CLIENTS} clients, ${SYMBOLS} symbols each: calls to the exchange a minute (goal ≤ ${GOAL}, measured for ${SECONDS} s)`,
  ['', 'calls', 'sockets'],
  [
    ['client.prices.watch, pushed', ours.callsAMinute.toFixed(0), ours.sockets],
    ['client.prices.watch, polled', unpushed.callsAMinute.toFixed(0), unpushed.sockets],
    ['every client polls in bulk', inBulk, 0],
    ['every client polls one by one', singly, 0],
  ],
);
printTable(
  'what the clients got',
  ['', 'pushed', 'polled'],
  [
    [
      'changed prices a minute, all clients',
      ours.pricesAMinute.toFixed(0),
      unpushed.pricesAMinute.toFixed(0),
    ],
    ['age on arrival, median ms', ours.delayMs.toFixed(0), unpushed.delayMs.toFixed(0)],
  ],
);
