import { computeEma } from '../../indicators/ema.ts';
import { defineStrategy } from '../strategy.ts';
import { writeCrossOrders } from './cross-orders.ts';

/** Crosses of two exponential moving averages of the close. */
export const emaCross = defineStrategy({
  id: 'ema_cross',
  title: 'EMA cross',
  description:
    'Long when the fast exponential moving average rises above the slow one, short when it falls below. Waits for the first cross.',
  parameters: [
    { name: 'fast', type: 'integer', default: 12, min: 1, max: 500, help: 'Candles of the fast average' },
    { name: 'slow', type: 'integer', default: 26, min: 2, max: 1_000, help: 'Candles of the slow average' },
  ],
  rising: [['fast', 'slow']],
  lookback: ({ slow }) => slow,
  evaluate: ({ close }, { fast, slow }, signals) =>
    writeCrossOrders(computeEma(close, fast), computeEma(close, slow), signals),
});
