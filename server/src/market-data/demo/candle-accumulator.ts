import { BLOCK, BLOCK_STRIDE, type CandleBlock } from './candle-block.ts';

/** One candle that grows from shorter ones, added in order. Reused for many candles, because there are many. */
export class CandleAccumulator {
  open = 0;
  high = 0;
  low = 0;
  close = 0;
  lots = 0;
  /** Σ lots × typical price, (high + low + close) / 3, of what was added. */
  turnover = 0;
  isEmpty = true;

  reset(): void {
    this.isEmpty = true;
    this.lots = 0;
    this.turnover = 0;
  }

  add(block: CandleBlock, index: number): void {
    const at = index * BLOCK_STRIDE;
    const high = block[at + BLOCK.high] ?? 0;
    const low = block[at + BLOCK.low] ?? 0;
    if (this.isEmpty) {
      this.open = block[at + BLOCK.open] ?? 0;
      this.high = high;
      this.low = low;
      this.isEmpty = false;
    }
    if (high > this.high) this.high = high;
    if (low < this.low) this.low = low;
    this.close = block[at + BLOCK.close] ?? 0;
    const lots = block[at + BLOCK.lots] ?? 0;
    this.lots += lots;
    this.turnover += (lots * (high + low + this.close)) / 3;
  }
}
