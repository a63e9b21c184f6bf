/** Where values lie on an axis. */
export interface LinearScale {
  /** Round values within the domain, rising. */
  readonly ticks: readonly number[];
  /** The distance between two ticks: 1, 2 or 5 times a power of ten. */
  readonly step: number;
  /** The share of the axis (0–1) below a value of the domain. */
  position(value: number): number;
}

export interface LinearScaleOptions {
  /** About how many ticks. Default 5. */
  readonly ticks?: number;
  /** Smallest distance between ticks, as 1 for an axis that counts. */
  readonly minStep?: number;
  /** `ticks` (default) widens the domain to the ticks around it; `values` keeps it. */
  readonly ends?: 'ticks' | 'values';
}

/** A share of the values' size below which their differences are noise. */
const NOISE = 1e-9;

/** What is smaller than this is zero: powers of ten below it lose their digits. */
const NOTHING = 1e-200;

/** The scale of an axis that shows everything from `low` to `high`. Without extent it is widened to both sides. */
export function createLinearScale(low: number, high: number, options: LinearScaleOptions = {}): LinearScale {
  const [from, to] = withExtent(low, high);
  const step = Math.max(options.minStep ?? 0, niceStep((to - from) / (options.ticks ?? 5)));
  const keepsEnds = options.ends === 'values';
  const first = keepsEnds ? Math.ceil(from / step - NOISE) : Math.floor(from / step + NOISE);
  const last = keepsEnds ? Math.floor(to / step + NOISE) : Math.ceil(to / step - NOISE);
  const [start, end] = keepsEnds ? [from, to] : [first * step, last * step];
  return {
    ticks: Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step),
    step,
    position: (value) => (value - start) / (end - start),
  };
}

function withExtent(low: number, high: number): readonly [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low > Math.max(size * NOISE, NOTHING)) return [low, high];
  const margin = size <= NOTHING ? 1 : size * 0.01;
  return [low - margin, high + margin];
}

/** The nearest, as ratios go, of 1, 2, 5 and 10 times a power of ten. */
function niceStep(step: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(step));
  const share = step / magnitude;
  if (share < Math.SQRT2) return magnitude;
  if (share < Math.sqrt(10)) return 2 * magnitude;
  return (share < Math.sqrt(50) ? 5 : 10) * magnitude;
}
