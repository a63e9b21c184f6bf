import { computeRsi } from '../../indicators/rsi.ts';
import { ORDER } from '../signal-columns.ts';
import { defineStrategy } from '../strategy.ts';

/** Return to the mean from the extremes of Wilder's RSI. */
export const rsiMeanReversion = defineStrategy({
  id: 'rsi_mean_reversion',
  title: 'RSI mean reversion',
  description:
    'Long when the RSI closes below the oversold level, short when above the overbought level; out once it is back past the exit level.',
  parameters: [
    { name: 'period', type: 'integer', default: 14, min: 2, max: 500, help: 'Candles of the RSI' },
    { name: 'oversold', type: 'number', default: 30, min: 0, max: 100, help: 'RSI below which to buy' },
    { name: 'exit', type: 'number', default: 50, min: 0, max: 100, help: 'RSI at which the move is over' },
    {
      name: 'overbought',
      type: 'number',
      default: 70,
      min: 0,
      max: 100,
      help: 'RSI above which to sell short',
    },
  ],
  rising: [['oversold', 'exit', 'overbought']],
  lookback: ({ period }) => period + 1,
  evaluate({ close }, { period, oversold, exit, overbought }, { order }) {
    const rsi = computeRsi(close, period);
    for (let i = period; i < order.length; i += 1) {
      const value = rsi[i] ?? Number.NaN;
      if (value < oversold) order[i] = ORDER.long;
      else if (value > overbought) order[i] = ORDER.short;
      else if (value > exit) order[i] = ORDER.exitLong;
      else if (value < exit) order[i] = ORDER.exitShort;
      else if (value === exit) order[i] = ORDER.exit;
    }
  },
});
