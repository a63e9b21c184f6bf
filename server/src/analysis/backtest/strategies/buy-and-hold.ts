import { ORDER } from '../signal-columns.ts';
import { defineStrategy } from '../strategy.ts';

/** The yardstick: bought once, held to the end. It asks at every candle, so it is in the market wherever trading begins. */
export const buyAndHold = defineStrategy({
  id: 'buy_and_hold',
  title: 'Buy and hold',
  description: 'Buys at the first opportunity and holds to the end. What every other strategy has to beat.',
  parameters: [],
  lookback: () => 1,
  evaluate(_candles, _parameters, { order }) {
    order.fill(ORDER.long);
  },
});
