import { type DemoRegime, RegimeChain } from './regime-chain.ts';
import { SeededRandom } from './seeded-random.ts';

export interface FactorOptions {
  /** Standard deviation of a usual day's log return. */
  readonly dailyVolatility: number;
  /** Chance of a jump on a day. */
  readonly jumpRate: number;
}

/** One day of a factor, as log returns. */
export interface FactorDay {
  /** The whole move of the day, jump included. */
  readonly logReturn: number;
  /** The part that comes at once. */
  readonly jump: number;
  /** Standard deviation of the rest. */
  readonly volatility: number;
  readonly regime: DemoRegime;
}

/** Daily drift of a regime in units of the daily volatility. */
const DRIFT = { bull: 0.12, bear: -0.16, ranging: 0 } as const;
const VOLATILITY = { bull: 0.95, bear: 1.3, ranging: 0.7 } as const;

/** Log-volatility is an AR(1): calm and wild spells last for weeks. */
const VOLATILITY_MEMORY = 0.95;
const VOLATILITY_NOISE = 0.14;
const LARGEST_LOG_VOLATILITY = 1.2;
const JUMP_SIZE = 2;

/**
 * A source of returns: regime drift + stochastic volatility + jumps. It holds one day at a time, because days are many. The market, a
 * sector and a symbol's own story are each one of these; they differ in size only.
 *
 * @see Taylor, "Modelling Financial Time Series" (1986), for log-normal stochastic volatility
 * @see Cont, "Empirical properties of asset returns: stylized facts and statistical issues" (2001)
 */
export class ReturnFactor implements FactorDay {
  logReturn = 0;
  jump = 0;
  volatility = 0;
  regime: DemoRegime = 'ranging';
  readonly #random: SeededRandom;
  readonly #regimes: RegimeChain;
  readonly #options: FactorOptions;
  #logVolatility = 0;

  constructor(keys: readonly number[], options: FactorOptions) {
    this.#random = new SeededRandom(...keys);
    this.#regimes = new RegimeChain(this.#random);
    this.#options = options;
  }

  /** Moves on to the next day. */
  step(): void {
    const { dailyVolatility } = this.#options;
    this.regime = this.#regimes.step();
    this.volatility = dailyVolatility * VOLATILITY[this.regime] * Math.exp(this.#stepLogVolatility());
    this.jump = this.#drawJump();
    this.logReturn =
      DRIFT[this.regime] * dailyVolatility + this.volatility * this.#random.normal() + this.jump;
  }

  #stepLogVolatility(): number {
    const next = VOLATILITY_MEMORY * this.#logVolatility + VOLATILITY_NOISE * this.#random.normal();
    this.#logVolatility = Math.max(-LARGEST_LOG_VOLATILITY, Math.min(LARGEST_LOG_VOLATILITY, next));
    return this.#logVolatility;
  }

  #drawJump(): number {
    if (this.#random.uniform() >= this.#options.jumpRate) return 0;
    return this.volatility * JUMP_SIZE * this.#random.normal();
  }
}
