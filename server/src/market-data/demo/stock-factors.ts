import { RecordedFactor } from './recorded-factor.ts';
import { type FactorDay, ReturnFactor } from './return-factor.ts';
import { hashText } from './seeded-random.ts';

const MARKET = { dailyVolatility: 0.0095, jumpRate: 0.012 };
const SECTOR = { dailyVolatility: 0.0055, jumpRate: 0.008 };

/** What stocks have in common: the market and the sectors, by session since the simulation begins. */
export class StockFactors {
  readonly #seed: number;
  readonly #market: RecordedFactor;
  readonly #sectors = new Map<string, RecordedFactor>();

  constructor(seed: number) {
    this.#seed = seed;
    this.#market = new RecordedFactor(new ReturnFactor([seed, hashText('stock market')], MARKET));
  }

  market(session: number): FactorDay {
    return this.#market.at(session);
  }

  sector(sector: string, session: number): FactorDay {
    const known = this.#sectors.get(sector);
    if (known) return known.at(session);
    const factor = new ReturnFactor([this.#seed, hashText(`stock sector ${sector}`)], SECTOR);
    const made = new RecordedFactor(factor);
    this.#sectors.set(sector, made);
    return made.at(session);
  }
}
