import { ORDER } from '../signal-columns.ts';
import { defineStrategy } from '../strategy.ts';

/**
 * Time-series momentum, decided anew every `rebalance` candles. Each stock is judged by its own past: over a universe this
 * rotates the money out of what falls, stock by stock, without ranking them against each other.
 * @see T. J. Moskowitz, Y. H. Ooi, L. H. Pedersen, Time Series Momentum, 2012
 */
export const momentumRotation = defineStrategy({
  id: 'momentum_rotation',
  title: 'Momentum rotation',
  description:
    'Every few candles: long when the return over the period is above the threshold, short when it is below minus the threshold, else out.',
  parameters: [
    {
      name: 'period',
      type: 'integer',
      default: 126,
      min: 1,
      max: 1_000,
      help: 'Candles the return is measured over',
    },
    {
      name: 'rebalance',
      type: 'integer',
      default: 21,
      min: 1,
      max: 500,
      help: 'Candles from one decision to the next',
    },
    {
      name: 'threshold',
      type: 'number',
      default: 0,
      min: 0,
      max: 100,
      step: 0.5,
      help: 'Return that has to be exceeded, in percent',
    },
  ],
  lookback: ({ period }) => period + 1,
  evaluate({ close }, { period, rebalance, threshold }, { order }) {
    for (let i = period; i < order.length; i += rebalance) {
      const returnPct = 100 * ((close[i] ?? Number.NaN) / (close[i - period] ?? Number.NaN) - 1);
      if (returnPct > threshold) order[i] = ORDER.long;
      else if (returnPct < -threshold) order[i] = ORDER.short;
      else order[i] = ORDER.exit;
    }
  },
});
