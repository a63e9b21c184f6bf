import { nyseHolidays } from './nyse-holidays.ts';

const DAY_MS = 86_400_000;
/** More days than the exchange has ever been closed in a row since 1998. */
const LONGEST_PAUSE_DAYS = 10;

const holidaysByYear = new Map<number, ReadonlySet<number>>();

/**
 * Whether the New York Stock Exchange trades on a date, given as 00:00 UTC of that date: Monday to Friday but not on its holidays. Half
 * days are sessions.
 */
export function isNyseSession(day: number): boolean {
  // 1970-01-01, day 0 of the epoch, was a Thursday.
  const weekday = (day / DAY_MS + 4) % 7;
  if (weekday === 0 || weekday === 6 || day % DAY_MS !== 0) return false;
  return !holidaysOf(new Date(day).getUTCFullYear()).has(day);
}

/** The sessions from a time (inclusive) to another (exclusive), each as 00:00 UTC of its date, oldest first. */
export function nyseSessions(from: number, to: number): readonly number[] {
  const sessions: number[] = [];
  for (let day = Math.ceil(from / DAY_MS) * DAY_MS; day < to; day += DAY_MS) {
    if (isNyseSession(day)) sessions.push(day);
  }
  return sessions;
}

/** The newest session whose daily candle is closed: its date's 24 hours (UTC) are over, some hours after the closing bell. */
export function lastClosedSession(nowMs: number): number {
  const closed = nowMs - DAY_MS;
  const newest = nyseSessions(closed - LONGEST_PAUSE_DAYS * DAY_MS, closed + 1).at(-1);
  if (newest === undefined) throw new Error('no session for ten days');
  return newest;
}

function holidaysOf(year: number): ReadonlySet<number> {
  const known = holidaysByYear.get(year);
  if (known) return known;
  const holidays = nyseHolidays(year);
  holidaysByYear.set(year, holidays);
  return holidays;
}
