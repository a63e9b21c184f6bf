import { type CandleRow, ScannerError } from '@fast-scanner/shared';
import { z } from 'zod';

const numbers = z.array(z.number().nullable());

const chartSchema = z.object({
  meta: z.object({
    exchangeTimezoneName: z.string(),
    regularMarketPrice: z.number().optional(),
    regularMarketTime: z.union([z.number(), z.date()]).optional(),
  }),
  timestamp: z.array(z.number()).optional(),
  indicators: z.object({
    quote: z.array(z.object({ open: numbers, high: numbers, low: numbers, close: numbers, volume: numbers })),
    adjclose: z.array(z.object({ adjclose: numbers })).optional(),
  }),
});

type Chart = z.infer<typeof chartSchema>;

/** A daily chart as Yahoo tells it. */
export interface StockChart {
  /** Prices adjusted for splits and dividends; what is missing is NaN. Days on which nothing is known to have traded are left out. */
  readonly rows: readonly CandleRow[];
  /** Closes as they were paid, by row. */
  readonly paidCloses: readonly number[];
  readonly lastPrice: number | null;
  /** When it was paid, epoch ms UTC. */
  readonly lastPriceAt: number | null;
}

/**
 * Reads an answer of `chart`. A day is the date of its session on the exchange, as 00:00 UTC. Open, high and low are adjusted in
 * proportion to the adjusted close, volumes are left as they are: Yahoo adjusts them for splits itself.
 *
 * @throws ScannerError `exchange_bad_response` when it has another shape
 */
export function readChart(answer: unknown): StockChart {
  const { data: chart, error } = chartSchema.safeParse(answer);
  if (!chart) throw unreadable(error);
  const lastPriceAt = chart.meta.regularMarketTime;
  return {
    ...readRows(chart),
    lastPrice: chart.meta.regularMarketPrice ?? null,
    lastPriceAt: lastPriceAt === undefined ? null : toEpochMs(lastPriceAt),
  };
}

function readRows({ meta, timestamp = [], indicators }: Chart): Pick<StockChart, 'rows' | 'paidCloses'> {
  const [quote] = indicators.quote;
  const adjusted = indicators.adjclose?.[0]?.adjclose;
  if (timestamp.length === 0) return { rows: [], paidCloses: [] };
  if (!quote || !adjusted) throw unreadable('no adjusted prices');
  const dateOf = dateReader(meta.exchangeTimezoneName);
  const rows: CandleRow[] = [];
  const paidCloses: number[] = [];
  timestamp.forEach((seconds, index) => {
    const field = (column: readonly (number | null)[]) => column[index] ?? Number.NaN;
    const prices = [field(quote.open), field(quote.high), field(quote.low), field(quote.close)] as const;
    const [open, high, low, close] = prices;
    if (prices.every(Number.isNaN)) return;
    const factor = field(adjusted) / close;
    const openTime = dateOf(seconds * 1_000);
    rows.push([openTime, open * factor, high * factor, low * factor, close * factor, field(quote.volume)]);
    paidCloses.push(close);
  });
  return { rows, paidCloses };
}

/** Tells the date of a moment at an exchange, as 00:00 UTC of that date. */
function dateReader(timeZone: string): (timeMs: number) => number {
  try {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    return (timeMs) => Date.parse(format.format(timeMs));
  } catch (cause) {
    throw unreadable(cause);
  }
}

function toEpochMs(time: number | Date): number {
  return typeof time === 'number' ? time * 1_000 : time.getTime();
}

function unreadable(cause: unknown): ScannerError {
  return new ScannerError('exchange_bad_response', 'Yahoo Finance: sent something unreadable', { cause });
}
