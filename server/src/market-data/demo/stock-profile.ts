import { SP500 } from '../universes/sp500.ts';
import { hashText, SeededRandom } from './seeded-random.ts';

/** The character of one simulated stock. */
export interface StockProfile {
  readonly ticker: string;
  readonly sector: string;
  /** Seed key of everything that is the stock's own. */
  readonly key: number;
  /** What it is worth when the simulation begins, in dollars. */
  readonly firstValue: number;
  /** Log growth of that worth per session. */
  readonly growth: number;
  /** How much of the market's move it makes. */
  readonly beta: number;
  /** Daily volatility of its own story. */
  readonly ownVolatility: number;
  /** Dollars traded in a usual session. */
  readonly dailyTurnover: number;
}

const SESSIONS_PER_YEAR = 252;
const TYPICAL_PRICE = 70;
const TYPICAL_TURNOVER = 2e8;

/** How much of the market's move the stocks of a sector usually make. */
const SECTOR_BETA: ReadonlyMap<string, number> = new Map([
  ['Utilities', 0.5],
  ['Consumer Staples', 0.6],
  ['Health Care', 0.8],
  ['Real Estate', 0.85],
  ['Communication Services', 0.95],
  ['Materials', 1.05],
  ['Industrials', 1.05],
  ['Energy', 1.1],
  ['Financials', 1.1],
  ['Consumer Discretionary', 1.15],
  ['Information Technology', 1.25],
]);

/** The profiles of all simulated stocks: real tickers and sectors, invented numbers. */
export function createStockProfiles(seed: number): readonly StockProfile[] {
  return SP500.members.map(({ ticker, sector }) => createProfile(ticker, sector, seed));
}

function createProfile(ticker: string, sector: string, seed: number): StockProfile {
  const key = hashText(ticker);
  const random = new SeededRandom(seed, key, hashText('stock profile'));
  return {
    ticker,
    sector,
    key,
    firstValue: TYPICAL_PRICE * Math.exp(0.7 * clamp(random.normal(), 2.5)),
    growth: (0.03 + 0.05 * clamp(random.normal(), 2)) / SESSIONS_PER_YEAR,
    beta: (SECTOR_BETA.get(sector) ?? 1) * (0.8 + 0.4 * random.uniform()),
    ownVolatility: 0.008 + 0.01 * random.uniform(),
    dailyTurnover: TYPICAL_TURNOVER * Math.exp(0.9 * clamp(random.normal(), 2.5)),
  };
}

function clamp(value: number, size: number): number {
  return Math.max(-size, Math.min(size, value));
}
