import type { TimeZone } from '../settings/settings.ts';

const TIME_STYLES = ['time', 'minute', 'date', 'datetime'] as const;
/** `time` 14:03:09 · `minute` 14:03 · `date` 21 Nov 2024 · `datetime` 21 Nov 2024, 14:03 */
export type TimeStyle = (typeof TIME_STYLES)[number];

const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const MINUTE = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const PARTS: Readonly<Record<TimeStyle, Intl.DateTimeFormatOptions>> = {
  time: { ...MINUTE, second: '2-digit' },
  minute: MINUTE,
  date: DATE,
  datetime: { ...DATE, ...MINUTE },
};
const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment, ISO text or epoch ms, as people write it in the zone they chose. UTC is said, local time is not. */
export function formatTime(
  moment: string | number,
  { style, timeZone }: { readonly style: TimeStyle; readonly timeZone: TimeZone },
): string {
  const key = `${style} ${timeZone}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      ...PARTS[style],
      ...(timeZone === 'utc' ? { timeZone: 'UTC' } : {}),
    });
    formats.set(key, format);
  }
  return `${format.format(new Date(moment))}${timeZone === 'utc' && style !== 'date' ? ' UTC' : ''}`;
}
