/** A date on an axis of time. */
export interface DateTick {
  /** Epoch ms UTC. */
  readonly time: number;
  readonly label: string;
}

const DAY_MS = 86_400_000;
const MOST_TICKS = 8;
const DAY_STEPS = [1, 2, 7, 14] as const;
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Up to eight round dates of a range: years, months, or days where the range is short. */
export function dateTicks(from: number, to: number): readonly DateTick[] {
  const days = (to - from) / DAY_MS;
  const dayStep = DAY_STEPS.find((step) => days / step < MOST_TICKS);
  return dayStep === undefined ? monthTicks(from, to) : dayTicks(from, to, dayStep);
}

function dayTicks(from: number, to: number, step: number): readonly DateTick[] {
  const first = Math.ceil(from / DAY_MS);
  const count = Math.floor((to / DAY_MS - first) / step) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const time = (first + index * step) * DAY_MS;
    const date = new Date(time);
    return { time, label: `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}` };
  });
}

function monthTicks(from: number, to: number): readonly DateTick[] {
  const last = monthOf(to);
  const first = startOfMonth(monthOf(from)) === from ? monthOf(from) : monthOf(from) + 1;
  const step = MONTH_STEPS.find((months) => (last - first) / months < MOST_TICKS) ?? 600;
  const start = Math.ceil(first / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((last - start) / step) + 1) }, (_, index) => {
    const month = start + index * step;
    return { time: startOfMonth(month), label: monthLabel(month) };
  });
}

/** Months since the year 0. */
function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function startOfMonth(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12);
}

/** Januaries are called by their year. */
function monthLabel(month: number): string {
  return month % 12 === 0 ? String(month / 12) : (MONTHS[month % 12] ?? '');
}
