import { BLOCK_STRIDE, type CandleBlock } from './candle-block.ts';
import { toTick } from './to-tick.ts';

/**
 * A minute as far as it has come: the price runs in straight lines from the open over both extremes to the close (the low first when the
 * minute rises), volume comes evenly. As the share grows, high and low only widen.
 *
 * @param share how much of the minute has passed, 0–1
 */
export function createPartialMinute(
  block: CandleBlock,
  index: number,
  { share, ticksPerUnit }: { readonly share: number; readonly ticksPerUnit: number },
): CandleBlock {
  const at = index * BLOCK_STRIDE;
  const [open = 0, high = 0, low = 0, end = 0, lots = 0] = block.subarray(at, at + BLOCK_STRIDE);
  const corners = end >= open ? [open, low, high, end] : [open, high, low, end];
  const position = share * 3;
  const reached = Math.min(2, Math.floor(position));
  const from = corners[reached] ?? open;
  const to = corners[reached + 1] ?? end;
  const close = toTick(from + (to - from) * (position - reached), ticksPerUnit);
  const seen = [...corners.slice(0, reached + 1), close];
  return Float64Array.of(open, Math.max(...seen), Math.min(...seen), close, Math.floor(lots * share));
}
