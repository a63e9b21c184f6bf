import { type CandleRow, isTimeframe, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import { candlesIn, priceAt } from './candle-generator.ts';
import { damageCandles, type WrittenRow } from './damage-candles.ts';
import type { Fault } from './fault.ts';

const DAY_MS = 86_400_000;
const MAX_KLINES = 1_000;
const DEFAULT_KLINES = 500;

/** An answer before it is written. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The one state the answers are made of. */
export interface ExchangeState {
  /** Unified symbols by the exchange's own id (`BTCUSDT`). */
  readonly symbols: ReadonlyMap<string, string>;
  /** Unified symbols that are listed but do not trade. */
  readonly halted: ReadonlySet<string>;
  readonly now: () => number;
}

/** Binance's own id of a unified symbol. */
export function toId(symbol: string): string {
  return symbol.replace('/', '');
}

/** Binance's refusal of a request. */
export function refusal(code: number, msg: string, status = 400): Answer {
  return { status, body: { code, msg } };
}

export const INVALID_SYMBOL = refusal(-1121, 'Invalid symbol.');

export function exchangeInfo(state: ExchangeState): Answer {
  const symbols = Array.from(state.symbols, ([id, symbol]) => {
    const [baseAsset, quoteAsset] = symbol.split('/');
    return {
      symbol: id,
      status: state.halted.has(symbol) ? 'BREAK' : 'TRADING',
      baseAsset,
      quoteAsset,
      baseAssetPrecision: 8,
      quotePrecision: 8,
      quoteAssetPrecision: 8,
      orderTypes: ['LIMIT', 'MARKET'],
      isSpotTradingAllowed: true,
      isMarginTradingAllowed: false,
      filters: [
        { filterType: 'PRICE_FILTER', minPrice: '0.00010000', maxPrice: '1000000', tickSize: '0.00010000' },
        { filterType: 'LOT_SIZE', minQty: '0.00100000', maxQty: '900000', stepSize: '0.00100000' },
      ],
      permissions: ['SPOT'],
    };
  });
  return { status: 200, body: { timezone: 'UTC', serverTime: state.now(), symbols } };
}

/** `klines` with `symbol, interval, limit, startTime, endTime`. */
export function klines(state: ExchangeState, query: URLSearchParams, fault: Fault | null): Answer {
  const symbol = state.symbols.get(query.get('symbol') ?? '');
  const timeframe = query.get('interval') ?? '';
  if (symbol === undefined) return INVALID_SYMBOL;
  if (!isTimeframe(timeframe)) return refusal(-1120, 'Invalid interval.');
  const rows = candlesIn({
    symbol,
    timeframe,
    nowMs: state.now() - (fault?.kind === 'lag' ? fault.ms : 0),
    limit: Math.min(Number(query.get('limit') ?? DEFAULT_KLINES), MAX_KLINES),
    ...optionalTime(query, 'startTime', 'startMs'),
    ...optionalTime(query, 'endTime', 'endMs'),
  });
  const written = fault?.kind === 'candles' ? damageCandles(rows, fault.fault, timeframe) : rows;
  return { status: 200, body: written.map((row) => toKline(row, timeframe)) };
}

function optionalTime(query: URLSearchParams, parameter: string, name: 'startMs' | 'endMs') {
  const text = query.get(parameter);
  return text === null ? {} : { [name]: Number(text) };
}

function toKline(row: CandleRow | WrittenRow, timeframe: Timeframe): readonly (number | string)[] {
  const [openTime, open, high, low, close, volume] = row;
  const texts = [open, high, low, close, volume].map((value) =>
    typeof value === 'number' ? value.toFixed(8) : String(value),
  );
  const closeTime = Number(openTime) + timeframeMs(timeframe) - 1;
  return [Number(openTime), ...texts, closeTime, '0', 1, '0', '0', '0'];
}

/** `ticker/24hr` with `symbol`, with `symbols` (a JSON array) or with neither for all. */
export function tickers(state: ExchangeState, query: URLSearchParams): Answer {
  const one = query.get('symbol');
  const some = query.get('symbols');
  const ids: string[] = one !== null ? [one] : some !== null ? JSON.parse(some) : [...state.symbols.keys()];
  if (ids.some((id) => !state.symbols.has(id))) return INVALID_SYMBOL;
  const bodies = ids.map((id) => tickerBodyOf(state.symbols.get(id) ?? '', state.now()));
  return { status: 200, body: one === null ? bodies : bodies[0] };
}

/** The ticker of a unified symbol as REST tells it. */
export function tickerBodyOf(symbol: string, now: number) {
  const last = priceAt(symbol, now);
  const before = priceAt(symbol, now - DAY_MS);
  return {
    symbol: toId(symbol),
    priceChange: (last - before).toFixed(8),
    priceChangePercent: ((last / before - 1) * 100).toFixed(3),
    lastPrice: last.toFixed(8),
    openPrice: before.toFixed(8),
    highPrice: Math.max(last, before).toFixed(8),
    lowPrice: Math.min(last, before).toFixed(8),
    volume: '1000.00000000',
    quoteVolume: (1_000 * last).toFixed(8),
    openTime: now - DAY_MS,
    closeTime: now,
    count: 1_000,
  };
}
