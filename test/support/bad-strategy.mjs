/**
 * An operator's own strategy, which knows nothing of the product: it buys and holds, unless the volume of the first candle tells it to
 * misbehave.
 */
export const strategy = {
  id: 'bad_strategy',
  title: 'Bad strategy',
  description: 'Buys and holds, if nothing worse.',
  parameters: [{ name: 'at', type: 'integer', default: 0, min: 0, max: 10, help: 'Candle to buy at' }],
  lookback: () => 1,
  evaluate({ volume }, { at }, { order }) {
    switch (volume[0]) {
      case 1_001:
        throw new RangeError('divided by nothing');
      case 1_002:
        return process.exit(3);
      case 1_003:
        for (;;);
      default:
        order[at] = 1;
    }
  },
};
