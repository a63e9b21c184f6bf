import { computeSma } from '../../indicators/sma.ts';
import { defineStrategy } from '../strategy.ts';
import { writeCrossOrders } from './cross-orders.ts';

/** Crosses of two simple moving averages of the close. */
export const smaCross = defineStrategy({
  id: 'sma_cross',
  title: 'SMA cross',
  description:
    'Long when the fast simple moving average rises above the slow one, short when it falls below. Waits for the first cross.',
  parameters: [
    { name: 'fast', type: 'integer', default: 10, min: 1, max: 500, help: 'Candles of the fast average' },
    { name: 'slow', type: 'integer', default: 30, min: 2, max: 1_000, help: 'Candles of the slow average' },
  ],
  rising: [['fast', 'slow']],
  lookback: ({ slow }) => slow,
  evaluate: ({ close }, { fast, slow }, signals) =>
    writeCrossOrders(computeSma(close, fast), computeSma(close, slow), signals),
});
