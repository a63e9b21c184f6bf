import { type Clock, ScannerError, sleep } from '@fast-scanner/shared';
import type { BlockStore } from './block-store.ts';
import { ExchangeGate, type Ticket } from './exchange-gate.ts';
import type { GovernorState } from './governor-state.ts';
import { RateBudget } from './rate-budget.ts';
import { requestBudgetOf } from './request-budgets.ts';
import { pauseAfter, retryClassOf } from './retry-policy.ts';
import { Slots } from './slots.ts';

export interface GovernorOptions {
  readonly exchangeId: string;
  readonly clock: Clock;
  /** Requests in flight at once, ≥ 1. */
  readonly maxConcurrency: number;
  /** Request budget, > 0. Default: what the exchange publishes, with headroom. */
  readonly maxRequestsPerSecond?: number;
  /** Numbers in [0, 1) for the backoff's jitter. Default: not seeded, so that two processes do not retry in step. */
  readonly random?: () => number;
  /** Remembers bans across restarts. Default: they are forgotten with the process. */
  readonly blocks?: BlockStore;
  /** Longest wait for a block to pass; a call that meets a longer one fails at once, with `retryAfterMs`. Default 60,000. */
  readonly patienceMs?: number;
  /** Called whenever `status` or `resumesAt` is set anew. */
  readonly onStateChange?: (state: GovernorState) => void;
}

/** Guards one exchange: how many requests at once, how fast, when not at all, and which are tried again. */
export interface Governor {
  /**
   * Runs `work` when the exchange may be asked, again after failures worth it (at most five times). `work` is one request or a few
   * in sequence; waiting and pausing end at once with the signal's reason.
   *
   * @throws ScannerError the last error of `work`, or the code of a block that outlasts the patience
   */
  run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
  state(): GovernorState;
}

const DEFAULT_PATIENCE_MS = 60_000;

/** The governor of one exchange. Share it between everything that asks that exchange. */
export function createGovernor(options: GovernorOptions): Governor {
  return new ExchangeGovernor(options);
}

class ExchangeGovernor implements Governor {
  readonly #options: GovernorOptions;
  readonly #random: () => number;
  readonly #gate: ExchangeGate;
  readonly #budget: RateBudget;
  readonly #slots: Slots;
  #restored: Promise<void> | null = null;

  constructor(options: GovernorOptions) {
    const { exchangeId, clock, patienceMs = DEFAULT_PATIENCE_MS } = options;
    const onChange = () => options.onStateChange?.(this.state());
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.#gate = new ExchangeGate({ exchangeId, clock, patienceMs, onChange });
    this.#budget = new RateBudget(clock, options.maxRequestsPerSecond ?? requestBudgetOf(exchangeId));
    this.#slots = new Slots(options.maxConcurrency);
  }

  state(): GovernorState {
    return { ...this.#gate.state(), requestsPerSecond: this.#budget.requestsPerSecond };
  }

  async run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    await this.#restore();
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#attempt(work, signal);
      if ('result' in outcome) return outcome.result;
      const pauseMs = signal.aborted ? null : pauseAfter(outcome.error, attempt, this.#random);
      if (pauseMs === null) throw outcome.error;
      if (pauseMs > 0) await sleep(this.#options.clock, pauseMs, signal);
    }
  }

  async #attempt<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Outcome<Result>> {
    const release = await this.#slots.acquire(signal);
    try {
      const ticket = await this.#enter(signal);
      try {
        const result = await work();
        this.#gate.succeed(ticket);
        return { result };
      } catch (error) {
        await this.#settleFailure(ticket, error, signal);
        return { error };
      }
    } finally {
      release();
    }
  }

  /** Waits for the gate and the budget. Between the last look at both and the request nothing else runs. */
  async #enter(signal: AbortSignal): Promise<Ticket> {
    for (;;) {
      signal.throwIfAborted();
      const waitAtGate = this.#gate.obstacle();
      const budgetWaitMs = this.#budget.waitMs();
      if (waitAtGate) await waitAtGate(signal);
      else if (budgetWaitMs > 0) await sleep(this.#options.clock, budgetWaitMs, signal);
      else break;
    }
    this.#budget.take();
    return this.#gate.enter();
  }

  async #settleFailure(ticket: Ticket, error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted || !(error instanceof ScannerError)) {
      this.#gate.abandon(ticket);
    } else if (retryClassOf(error) === 'give up') {
      this.#gate.succeed(ticket);
    } else {
      const isNewBlock = this.#gate.fail(ticket, error);
      if (isNewBlock && error.code === 'rate_limited') this.#budget.halve();
      if (error.code === 'exchange_banned') await this.#remember();
    }
  }

  /** A store that cannot write must not hide the ban, which holds in memory anyway; the store's own health check tells of it. */
  async #remember(): Promise<void> {
    const untilEpochMs = this.#options.clock.now() + this.#gate.remainingMs();
    await this.#options.blocks?.save(this.#options.exchangeId, untilEpochMs).catch(() => undefined);
  }

  #restore(): Promise<void> {
    this.#restored ??= this.#load().catch((error) => {
      this.#restored = null;
      throw error;
    });
    return this.#restored;
  }

  async #load(): Promise<void> {
    const until = (await this.#options.blocks?.load(this.#options.exchangeId)) ?? 0;
    this.#gate.restoreBan(until - this.#options.clock.now());
  }
}

type Outcome<Result> = { readonly result: Result } | { readonly error: unknown };
