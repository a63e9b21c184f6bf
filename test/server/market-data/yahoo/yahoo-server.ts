import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nyseSessions } from '@fast-scanner/server/market-data/sessions/nyse-sessions.ts';
import { madeUpRows } from '../files/write-candle-file.ts';

/** One day as Yahoo tells it: open, high, low, close, adjusted close, volume. */
export type ChartDay = readonly [
  open: number | null,
  high: number | null,
  low: number | null,
  close: number | null,
  adjusted: number | null,
  volume: number | null,
];

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface YahooServer {
  readonly url: string;
  /** `<symbol> <date of period1>` of every request so far. */
  readonly requests: string[];
  /** What a symbol's days are, by 00:00 UTC of the session's date. Default: made up. */
  readonly days: Map<string, ReadonlyMap<number, ChartDay>>;
  /** Answers to the next requests, instead of charts; `hang` never answers. */
  readonly script: (ScriptedAnswer | 'hang')[];
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
const KNOWN = ['AAPL', 'MSFT', 'BRK-B', 'SAP.DE'];
const NOT_FOUND = {
  chart: { result: null, error: { code: 'Not Found', description: 'No data found, symbol may be delisted' } },
};

/** Every session of many years, with prices that dividends have lessened since: everything before was worth more when it was paid. */
export const MADE_UP_DAYS = madeUpDays(nyseSessions(Date.UTC(2014, 0, 1), Date.UTC(2025, 0, 1)));

function madeUpDays(sessions: readonly number[]): ReadonlyMap<number, ChartDay> {
  const rows = madeUpRows(0, '1d', sessions.length);
  return new Map(
    rows.map(([, open, high, low, close, volume], index) => [
      sessions[index] ?? 0,
      [open, high, low, close, close * (0.9 + 0.1 * (index / sessions.length)), volume],
    ]),
  );
}

/** Yahoo's chart address on a free loopback port. Sessions begin at 9:30 in New York. */
export async function startYahooServer(): Promise<YahooServer> {
  const requests: string[] = [];
  const script: YahooServer['script'] = [];
  const days: YahooServer['days'] = new Map(KNOWN.map((symbol) => [symbol, MADE_UP_DAYS]));
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://yahoo');
    const symbol = decodeURIComponent(pathname.split('/').at(-1) ?? '');
    const [from, to] = ['period1', 'period2'].map((name) => Number(searchParams.get(name)) * 1_000);
    requests.push(`${symbol} ${new Date(from ?? 0).toISOString().slice(0, 10)}`);
    const scripted = script.shift();
    if (scripted === 'hang') return;
    const {
      status = 200,
      headers = {},
      body,
    } = scripted ?? chartAnswer(days.get(symbol), from ?? 0, to ?? 0);
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    days,
    script,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function chartAnswer(
  days: ReadonlyMap<number, ChartDay> | undefined,
  from: number,
  to: number,
): ScriptedAnswer {
  if (!days) return { status: 404, body: JSON.stringify(NOT_FOUND) };
  const near = [...days].filter(([day]) => day > from - DAY_MS && day < to);
  const opened = near.map(([day, values]) => [openingOf(day), values] as const);
  const chosen = opened.filter(([time]) => time >= from && time < to);
  const column = (position: number) => chosen.map(([, values]) => values[position] ?? null);
  const [newest] = chosen.slice(-1);
  const result = {
    meta: {
      symbol: 'TEST',
      exchangeTimezoneName: 'America/New_York',
      regularMarketPrice: newest?.[1][3],
      regularMarketTime: newest && newest[0] / 1_000 + 6.5 * 3_600,
      somethingNew: true,
    },
    timestamp: chosen.map(([time]) => time / 1_000),
    indicators: {
      quote: [{ open: column(0), high: column(1), low: column(2), close: column(3), volume: column(5) }],
      adjclose: [{ adjclose: column(4) }],
    },
  };
  return { body: JSON.stringify({ chart: { result: [result], error: null } }) };
}

const hourInNewYork = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hour: '2-digit',
  hourCycle: 'h23',
});

/** 9:30 in New York, which is 14:30 UTC in winter. */
function openingOf(day: number): number {
  return day + (9.5 + 12 - Number(hourInNewYork.format(day + DAY_MS / 2))) * 3_600_000;
}
