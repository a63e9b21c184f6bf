import { timeframeMs } from '@fast-scanner/shared';
import { closeAt } from '../../analysis/continuous/close-at.ts';
import { tradesInSessions } from '../../market-data/session-candles.ts';
import { lastClosedSession } from '../../market-data/sessions/nyse-sessions.ts';
import type { FollowedSymbol } from './followed-symbol.ts';
import type { Tick } from './tick-book.ts';

const DAY_MS = 86_400_000;

/**
 * What a symbol's price is compared with, in quote units: its close 24 hours ago, of a stock the close of the session before the one its
 * price is of. `null` when that is not among the candles.
 */
export function priceReference(followed: FollowedSymbol, { time }: Tick): number | null {
  return tradesInSessions(followed.symbol) ? previousClose(followed, time) : closeOneDayAgo(followed);
}

/** As told by the shortest timeframe that reaches back so far. */
function closeOneDayAgo({ feed, series }: FollowedSymbol): number | null {
  const then = feed.now() - DAY_MS;
  const closes = series
    .flatMap(({ series: candles }) => candles ?? [])
    .sort((a, b) => timeframeMs(a.timeframe) - timeframeMs(b.timeframe))
    .map((candles) => closeAt(candles, then));
  return closes.find((close) => close !== null) ?? null;
}

/** Known of daily candles only. A price may be told for days after its session. */
function previousClose({ series }: FollowedSymbol, time: number): number | null {
  const daily = series.find(({ identity }) => identity.timeframe === '1d')?.series;
  const session = lastClosedSession(time + DAY_MS); // the newest that had begun
  const index = daily?.openTime.findLastIndex((openTime) => openTime < session) ?? -1;
  return daily?.close[index] ?? null;
}
