import type { FactorDay, ReturnFactor } from './return-factor.ts';

/** The days of a factor that many share. Made in order and kept. */
export class RecordedFactor {
  readonly #factor: ReturnFactor;
  readonly #days: FactorDay[] = [];

  constructor(factor: ReturnFactor) {
    this.#factor = factor;
  }

  at(day: number): FactorDay {
    for (;;) {
      const known = this.#days[day];
      if (known) return known;
      this.#factor.step();
      const { logReturn, jump, volatility, regime } = this.#factor;
      this.#days.push({ logReturn, jump, volatility, regime });
    }
  }
}
