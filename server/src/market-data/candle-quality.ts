/** More broken rows than this share of what the source sent, and the symbol is `bad_data`. */
const MAX_REJECTED_SHARE = 0.02;

/** More gap candles than this share of the window, and the symbol is `bad_data`: a series mostly made up misleads every indicator. */
const MAX_FILLED_SHARE = 0.1;

export interface QualityCounts {
  /** Broken rows among `rows`. */
  readonly rejected: number;
  readonly rows: number;
  /** Gap candles among the `length` closed ones. */
  readonly filled: number;
  readonly length: number;
}

/** Why the candles are too broken to use, in words; `null` when they are good enough. */
export function findFlaw({ rejected, rows, filled, length }: QualityCounts): string | null {
  if (rejected > rows * MAX_REJECTED_SHARE) return `${rejected} of ${rows} candles are broken, more than 2 %`;
  if (filled > length * MAX_FILLED_SHARE) return `${filled} of ${length} candles are missing, more than 10 %`;
  return null;
}
