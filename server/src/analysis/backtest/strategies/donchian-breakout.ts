import { slidingMaximum, slidingMinimum } from '../../indicators/sliding.ts';
import { ORDER } from '../signal-columns.ts';
import { defineStrategy } from '../strategy.ts';

/**
 * Breakouts of the price channel. Channels are those of the candles before, so a close can lie outside.
 * @see Curtis M. Faith, Way of the Turtle, 2007 (20 candles in, 10 out)
 */
export const donchianBreakout = defineStrategy({
  id: 'donchian_breakout',
  title: 'Donchian breakout',
  description:
    'Long when a candle closes above the highest high of the entry channel, short when below its lowest low; out when it closes beyond the opposite side of the shorter exit channel.',
  parameters: [
    { name: 'exit', type: 'integer', default: 10, min: 1, max: 500, help: 'Candles of the exit channel' },
    { name: 'entry', type: 'integer', default: 20, min: 2, max: 1_000, help: 'Candles of the entry channel' },
  ],
  rising: [['exit', 'entry']],
  lookback: ({ entry }) => entry + 1,
  evaluate({ high, low, close }, { entry, exit }, { order }) {
    const [entryHigh, exitHigh] = [slidingMaximum(high, entry), slidingMaximum(high, exit)];
    const [entryLow, exitLow] = [slidingMinimum(low, entry), slidingMinimum(low, exit)];
    for (let i = entry; i < order.length; i += 1) {
      const price = close[i] ?? Number.NaN;
      if (price > (entryHigh[i - 1] ?? Number.NaN)) order[i] = ORDER.long;
      else if (price < (entryLow[i - 1] ?? Number.NaN)) order[i] = ORDER.short;
      else if (price < (exitLow[i - 1] ?? Number.NaN)) order[i] = ORDER.exitLong;
      else if (price > (exitHigh[i - 1] ?? Number.NaN)) order[i] = ORDER.exitShort;
    }
  },
});
