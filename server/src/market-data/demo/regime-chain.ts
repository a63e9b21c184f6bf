import { assertNever, type REGIMES } from '@fast-scanner/shared';
import type { SeededRandom } from './seeded-random.ts';

export type DemoRegime = (typeof REGIMES)[number];

/** Mean length of a spell in days: bear markets are short and violent, bull markets long. */
const MEAN_SPELL_DAYS = { bull: 70, bear: 45, ranging: 50 } as const;

/** Which mood a market is in, day by day: a Markov chain that leaves a spell for either of the two others. */
export class RegimeChain {
  readonly #random: SeededRandom;
  #regime: DemoRegime = 'ranging';

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  step(): DemoRegime {
    if (this.#random.uniform() < 1 / MEAN_SPELL_DAYS[this.#regime]) this.#regime = this.#nextRegime();
    return this.#regime;
  }

  #nextRegime(): DemoRegime {
    const first = this.#random.uniform() < 0.5;
    switch (this.#regime) {
      case 'bull':
        return first ? 'bear' : 'ranging';
      case 'bear':
        return first ? 'bull' : 'ranging';
      case 'ranging':
        return first ? 'bull' : 'bear';
      default:
        return assertNever(this.#regime);
    }
  }
}
