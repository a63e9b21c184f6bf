const DAY_MS = 86_400_000;

const SUNDAY = 0;
const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;

/** Closed for mourning, attacks and storms: what no rule foretells. */
const SPECIAL_CLOSINGS: readonly string[] = [
  ...['1994-04-27', '2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14', '2004-06-11', '2007-01-02'],
  ...['2012-10-29', '2012-10-30', '2018-12-05', '2025-01-09'],
];

/**
 * The weekdays of a year on which the New York Stock Exchange is closed all day, each as 00:00 UTC of its date. Right from 1998 on,
 * when Martin Luther King Day became the last but one holiday.
 *
 * @see https://www.nyse.com/markets/hours-calendars "All NYSE markets observe U.S. holidays", Rule 7.2
 */
export function nyseHolidays(year: number): ReadonlySet<number> {
  const fixed = [observed(date(year, 7, 4)), observed(date(year, 12, 25))];
  if (year >= 2022) fixed.push(observed(date(year, 6, 19)));
  const specials = SPECIAL_CLOSINGS.map((day) => Date.parse(day));
  return new Set([
    newYear(year),
    nthWeekday({ year, month: 1, weekday: MONDAY, nth: 3 }),
    nthWeekday({ year, month: 2, weekday: MONDAY, nth: 3 }),
    easterSunday(year) - 2 * DAY_MS,
    nthWeekday({ year, month: 6, weekday: MONDAY, nth: 0 }),
    nthWeekday({ year, month: 9, weekday: MONDAY, nth: 1 }),
    nthWeekday({ year, month: 11, weekday: THURSDAY, nth: 4 }),
    ...fixed,
    ...specials.filter((day) => new Date(day).getUTCFullYear() === year),
  ]);
}

function date(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day);
}

function weekdayOf(day: number): number {
  return new Date(day).getUTCDay();
}

/** A holiday on a Saturday is kept on the Friday before it, one on a Sunday on the Monday after it. */
function observed(day: number): number {
  switch (weekdayOf(day)) {
    case SATURDAY:
      return day - DAY_MS;
    case SUNDAY:
      return day + DAY_MS;
    default:
      return day;
  }
}

/** The year's books are closed on its last Friday: a New Year's Day on a Saturday is not kept at all. */
function newYear(year: number): number {
  const day = date(year, 1, 1);
  return Math.max(day, observed(day));
}

interface NthWeekday {
  readonly year: number;
  readonly month: number;
  readonly weekday: number;
  /** 1 for the first of the month; 0 for the last of the month before. */
  readonly nth: number;
}

function nthWeekday({ year, month, weekday, nth }: NthWeekday): number {
  const first = date(year, month, 1);
  const firstMatch = first + ((weekday - weekdayOf(first) + 7) % 7) * DAY_MS;
  return firstMatch + (nth - 1) * 7 * DAY_MS;
}

/** @see Meeus, "Astronomical Algorithms" (1991), chapter 8: the Gregorian Easter */
function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return date(year, Math.floor(sum / 31), (sum % 31) + 1);
}
