import { DEMO_LISTINGS, type DemoListing, type DemoSector } from './demo-listings.ts';
import { hashText, SeededRandom } from './seeded-random.ts';

/** The character of one simulated symbol. */
export interface SymbolProfile {
  /** Place in the listing, 0 the most traded. */
  readonly rank: number;
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly sector: DemoSector;
  /** Seed key of everything that is the symbol's own. */
  readonly key: number;
  /** Where the price returns to in the long run, quote units. */
  readonly anchorPrice: number;
  /** Prices are whole multiples of 1 / this. */
  readonly ticksPerUnit: number;
  /** Volumes are whole multiples of 1 / this. */
  readonly lotsPerUnit: number;
  /** How much of the market's move it makes. */
  readonly beta: number;
  /** Daily volatility of its own story. */
  readonly ownVolatility: number;
  /** Quote volume of a usual day. */
  readonly dailyQuoteVolume: number;
}

const QUOTE = 'USDT';
const TOP_DAILY_QUOTE_VOLUME = 2.5e9;

/** The profiles of all listed symbols, most traded first. */
export function createSymbolProfiles(seed: number): readonly SymbolProfile[] {
  return DEMO_LISTINGS.map((listing, rank) => createProfile(listing, rank, seed));
}

function createProfile([base, anchorPrice, sector]: DemoListing, rank: number, seed: number): SymbolProfile {
  const symbol = `${base}/${QUOTE}`;
  const key = hashText(symbol);
  const random = new SeededRandom(seed, key, hashText('profile'));
  const smallness = rank / DEMO_LISTINGS.length;
  const dailyQuoteVolume = TOP_DAILY_QUOTE_VOLUME / (1 + rank) ** 1.1;
  return {
    rank,
    symbol,
    base,
    quote: QUOTE,
    sector,
    key,
    anchorPrice,
    ticksPerUnit: powerOfTen(Math.max(2, 4 - Math.floor(Math.log10(anchorPrice)))),
    lotsPerUnit: powerOfTen(lotDecimals(dailyQuoteVolume / anchorPrice)),
    beta: 0.75 + 0.3 * smallness + 0.3 * random.uniform(),
    ownVolatility: 0.012 + 0.014 * smallness + 0.01 * random.uniform(),
    dailyQuoteVolume,
  };
}

/** As many decimals as give a usual minute about a thousand lots; whole units for the cheapest. */
function lotDecimals(dailyVolume: number): number {
  return Math.max(0, Math.min(8, Math.ceil(Math.log10((1_440 * 1_000) / dailyVolume))));
}

function powerOfTen(decimals: number): number {
  return Number(`1e${decimals}`);
}
