import { computeMacd } from '../../indicators/macd.ts';
import { defineStrategy } from '../strategy.ts';
import { writeCrossOrders } from './cross-orders.ts';

/** Crosses of the MACD line and its signal line. */
export const macdCross = defineStrategy({
  id: 'macd_cross',
  title: 'MACD cross',
  description:
    'Long when the MACD line rises above its signal line, short when it falls below. Waits for the first cross.',
  parameters: [
    { name: 'fast', type: 'integer', default: 12, min: 1, max: 500, help: 'Candles of the fast EMA' },
    { name: 'slow', type: 'integer', default: 26, min: 2, max: 1_000, help: 'Candles of the slow EMA' },
    {
      name: 'signal',
      type: 'integer',
      default: 9,
      min: 1,
      max: 500,
      help: 'Candles of the EMA over the line',
    },
  ],
  rising: [['fast', 'slow']],
  lookback: ({ slow, signal }) => slow + signal - 1,
  evaluate({ close }, periods, signals) {
    const { line, signal } = computeMacd(close, periods);
    writeCrossOrders(line, signal, signals);
  },
});
