import { DEMO_SECTORS, type DemoSector } from './demo-listings.ts';
import { RecordedFactor } from './recorded-factor.ts';
import { type FactorDay, ReturnFactor } from './return-factor.ts';
import { hashText } from './seeded-random.ts';

const MARKET = { dailyVolatility: 0.024, jumpRate: 0.015 };
const SECTOR = { dailyVolatility: 0.011, jumpRate: 0.01 };

/** What all symbols have in common: the market and the sectors, by day since the market opened. Days are made in order and kept. */
export class MarketFactors {
  readonly #market: RecordedFactor;
  readonly #sectors: ReadonlyMap<DemoSector, RecordedFactor>;

  constructor(seed: number) {
    this.#market = new RecordedFactor(new ReturnFactor([seed, hashText('market')], MARKET));
    this.#sectors = new Map(
      DEMO_SECTORS.map((sector) => {
        const factor = new ReturnFactor([seed, hashText(`sector ${sector}`)], SECTOR);
        return [sector, new RecordedFactor(factor)];
      }),
    );
  }

  market(day: number): FactorDay {
    return this.#market.at(day);
  }

  sector(sector: DemoSector, day: number): FactorDay {
    const factor = this.#sectors.get(sector);
    if (!factor) throw new Error(`the sector ${sector} has no factor`);
    return factor.at(day);
  }
}
