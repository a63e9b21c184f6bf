import { TickMarkType, type Time, type UTCTimestamp } from 'lightweight-charts';
import { formatTime } from '../format/format-time.ts';
import type { TimeZone } from '../settings/settings.ts';

/** The chart counts in seconds. */
export function toChartTime(epochMs: number): UTCTimestamp {
  return Math.floor(epochMs / 1000) as UTCTimestamp; // the library's brand of the same number
}

/** Times of the axis and the crosshair in the user's zone. */
export function toTimeOptions(timeZone: TimeZone) {
  return {
    localization: {
      timeFormatter: (time: Time) => formatTime(toEpochMs(time), { style: 'datetime', timeZone }),
    },
    timeScale: {
      tickMarkFormatter: (time: Time, kind: TickMarkType) => formatTick(toEpochMs(time), kind, timeZone),
    },
  };
}

function formatTick(moment: number, kind: TickMarkType, timeZone: TimeZone): string {
  const zone = timeZone === 'utc' ? { timeZone: 'UTC' } : {};
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, ...zone }).format(moment);
  switch (kind) {
    case TickMarkType.Year:
      return write({ year: 'numeric' });
    case TickMarkType.Month:
      return write({ month: 'short' });
    case TickMarkType.DayOfMonth:
      return write({ day: 'numeric', month: 'short' });
    default:
      return write({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  }
}

function toEpochMs(time: Time): number {
  return Number(time) * 1000; // only timestamps are given to the chart
}
