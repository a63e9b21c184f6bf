/*
 * A strategy of your own, in one file. Copy it, change it, and hand its path to the market scan:
 *   --strategy ./my-strategy.ts
 *
 * The export must be called `strategy` and be a plain object of this shape. The import below is of types alone: it helps your
 * editor and is gone when the file runs, so the file works wherever it lies. Leave out what you do not need.
 */
import type { Strategy } from '@fast-scanner/server/analysis/backtest/strategy.ts';

/** What `order` understands. An order at the close of a candle is filled at the open of the next. */
const BUY = 1; // −1 sells short, 2 closes a long, −2 closes a short, 3 closes whatever is open, 0 (already there) does nothing
const SELL = 2;

/** Buys a short weakness inside an uptrend, with a stop that trails the price. */
export const strategy: Strategy<'trend' | 'falls' | 'stopPct'> = {
  id: 'pullback',
  title: 'Pullback in an uptrend',
  description:
    'Long after a few falling closes above the average of the trend; out below the average, or when the price has fallen from its best close since by the stop.',

  // What users may set. `min` and `max` are refused to be passed; `help` is shown in lists and forms.
  parameters: [
    { name: 'trend', type: 'integer', default: 50, min: 2, max: 500, help: 'Candles of the average' },
    {
      name: 'falls',
      type: 'integer',
      default: 3,
      min: 1,
      max: 20,
      help: 'Falling closes in a row before buying',
    },
    {
      name: 'stopPct',
      type: 'number',
      default: 5,
      min: 0.1,
      max: 50,
      step: 0.5,
      help: 'Distance of the stop, in percent',
    },
  ],
  // With two parameters that must not cross, say so: rising: [['fast', 'slow']]

  // How many candles must have passed before the first order can come.
  lookback: ({ trend }) => trend,

  // Called once per stock with all its candles as columns (openTime, open, high, low, close, volume; index 0 is the oldest).
  // Never read a candle after `i` when you write at `i`: the results would be a dream.
  evaluate({ close }, { trend, falls, stopPct }, { order, stop }) {
    let sum = 0;
    let falling = 0;
    let best = 0; // highest close since we bought; 0 while we are out
    for (let i = 0; i < close.length; i += 1) {
      const price = close[i] ?? Number.NaN;
      sum += price - (i < trend ? 0 : (close[i - trend] ?? Number.NaN));
      falling = i > 0 && price < (close[i - 1] ?? Number.NaN) ? falling + 1 : 0;
      if (i < trend - 1) continue;
      const isUptrend = price > sum / trend;
      const isStopped = price < best * (1 - stopPct / 100);
      if (!isUptrend) order[i] = SELL;
      if (!isUptrend || isStopped) best = 0;
      else if (best === 0 && falling >= falls) order[i] = BUY;
      if (order[i] === BUY || best > 0) {
        best = Math.max(best, price);
        stop[i] = best * (1 - stopPct / 100);
      }
    }
  },
};
