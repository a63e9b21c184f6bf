import { computeBollinger } from '../../indicators/bollinger.ts';
import { ORDER } from '../signal-columns.ts';
import { defineStrategy } from '../strategy.ts';

/**
 * Return to the mean between Bollinger bands. A flat window has no band to leave.
 * @see John Bollinger, Bollinger on Bollinger Bands, 2001
 */
export const bollingerBands = defineStrategy({
  id: 'bollinger_bands_strategy',
  title: 'Bollinger bands',
  description:
    'Long when a candle closes below the lower band, short when one closes above the upper band: each is the exit of the other.',
  parameters: [
    { name: 'period', type: 'integer', default: 20, min: 2, max: 1_000, help: 'Candles of the band' },
    {
      name: 'devfactor',
      type: 'number',
      default: 2,
      min: 0.1,
      max: 10,
      step: 0.1,
      help: 'Half the width of the band, in standard deviations',
    },
  ],
  lookback: ({ period }) => period,
  evaluate({ close }, { period, devfactor }, { order }) {
    const { percentB } = computeBollinger(close, { period, deviations: devfactor });
    for (let i = period - 1; i < order.length; i += 1) {
      const position = percentB[i] ?? Number.NaN;
      if (position < 0) order[i] = ORDER.long;
      else if (position > 1) order[i] = ORDER.short;
    }
  },
});
