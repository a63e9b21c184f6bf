import { ORDER } from '@fast-scanner/server/analysis/backtest/signal-columns.ts';
import { defineStrategy } from '@fast-scanner/server/analysis/backtest/strategy.ts';

/** What the strategy does to the stock whose first candle has this volume. */
export const MISDEEDS = { throw: 1_001, exit: 1_002, loop: 1_003 } as const;

/** An operator's own strategy: buys and holds, unless the first volume tells it to misbehave. */
export const strategy = defineStrategy({
  id: 'bad_strategy',
  title: 'Bad strategy',
  description: 'Buys and holds, if nothing worse.',
  parameters: [{ name: 'at', type: 'integer', default: 0, min: 0, max: 10, help: 'Candle to buy at' }],
  lookback: () => 1,
  evaluate({ volume }, { at }, { order }) {
    switch (volume[0]) {
      case MISDEEDS.throw:
        throw new RangeError('divided by nothing');
      case MISDEEDS.exit:
        process.exit(3);
        break;
      case MISDEEDS.loop:
        for (;;);
      default:
        order[at] = ORDER.long;
    }
  },
});
