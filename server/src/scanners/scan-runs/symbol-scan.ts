import {
  type Clock,
  type ErrorCode,
  type QuickSignal,
  type RejectionReason,
  RUN_MODES,
  type RunMode,
  type SymbolFailure,
  timeframeMs,
} from '@fast-scanner/shared';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import type { Analyst } from '../common/analyst.ts';
import type { CandleKeeper } from '../common/candle-keeper.ts';
import { findMarket } from '../common/find-market.ts';
import type { ModelSource } from '../common/model-source.ts';
import { analyzeDeeply, analyzeQuickly, lastMomentOf, type SymbolTask } from '../common/symbol-analysis.ts';
import type { SymbolWork } from '../common/symbol-work.ts';
import { judgeSymbol, type RunRules } from './judge-symbol.ts';
import type { RunOutcome } from './run-record.ts';

export interface SymbolScanOptions {
  readonly feed: MarketFeed;
  readonly quickQueue: WorkQueue;
  readonly deepQueue: WorkQueue;
  readonly analyst: Analyst;
  readonly models: ModelSource;
  readonly keeper: Pick<CandleKeeper, 'keep'>;
  readonly clock: Clock;
  readonly work: SymbolWork;
  readonly runId: string;
  readonly rules: RunRules;
  /** All symbols of the run. */
  readonly universe: readonly string[];
  /** Holds each symbol while it is at work. */
  readonly atWork: Set<string>;
}

/** Failures that say "there is no such data", as opposed to "the exchange is in trouble". */
const NO_DATA: readonly ErrorCode[] = ['no_data', 'symbol_unknown', 'delisted'];
/** The same of one timeframe. */
const NO_TIMEFRAME: readonly ErrorCode[] = ['insufficient_data', 'bad_data', 'stale_data', 'not_supported'];

/** A quick signal, and the last moment both phases may look at. */
interface QuickLook {
  readonly quick: QuickSignal;
  readonly asOf: number;
}

/** Both phases of one symbol under the rules of a mode: the quick signal, and where it takes a side, the deep analysis and the verdict. */
export class SymbolScan {
  readonly #options: SymbolScanOptions;
  readonly #mode: RunMode;

  constructor(options: SymbolScanOptions) {
    this.#options = options;
    this.#mode = RUN_MODES[options.rules.mode];
  }

  /** How the symbol ends. @throws what ends the whole run */
  async outcomeOf(symbol: string): Promise<RunOutcome> {
    const { work, quickQueue, deepQueue } = this.#options;
    const look = await work.run(symbol, {
      queue: quickQueue,
      analyze: (_, signal) => this.#guarded(symbol, 'quick', () => this.#lookQuickly(symbol, signal)),
    });
    if ('status' in look) return look;
    if (look.quick.signal === 'HOLD') return this.#rejectHold(look.quick);
    return work.run(symbol, {
      queue: deepQueue,
      analyze: (_, signal) => this.#guarded(symbol, 'deep', () => this.#judge(symbol, look, signal)),
    });
  }

  /** Runs one phase; a failure of the symbol becomes its outcome. */
  async #guarded<Result>(
    symbol: string,
    phase: 'quick' | 'deep',
    analyze: () => Promise<Result>,
  ): Promise<Result | RunOutcome> {
    const { atWork, work } = this.#options;
    atWork.add(symbol);
    try {
      return await analyze();
    } catch (error) {
      return this.#rejectFailure(work.toFailure(symbol, error), phase);
    } finally {
      atWork.delete(symbol);
    }
  }

  async #lookQuickly(symbol: string, signal: AbortSignal): Promise<QuickLook> {
    const quick = await analyzeQuickly(this.#task(symbol, signal));
    return { quick, asOf: lastMomentOf(quick, this.#options.feed.now()) };
  }

  async #judge(symbol: string, { quick, asOf }: QuickLook, signal: AbortSignal): Promise<RunOutcome> {
    const { feed, analyst, models, rules } = this.#options;
    const deep = await analyzeDeeply({
      ...this.#task(symbol, signal),
      analyst,
      models,
      asOf,
      timeframes: this.#mode.timeframes.toSorted((a, b) => timeframeMs(a) - timeframeMs(b)),
      minRiskReward: this.#mode.minRiskReward,
    });
    const tickSize = findMarket(await feed.markets({ signal }), symbol)?.tickSize ?? null;
    return judgeSymbol({ symbol, deep, price: quick.price, asOf, tickSize }, rules);
  }

  #task(symbol: string, signal: AbortSignal): SymbolTask {
    const { runId, feed, keeper, universe, clock } = this.#options;
    const timeframe = this.#mode.primaryTimeframe;
    return { scanId: runId, symbol, universe, timeframe, feed, keeper, signal, now: clock.now() };
  }

  #rejectHold({ symbol, factors, timeframe }: QuickSignal): RunOutcome {
    const { minScore: threshold } = this.#options.rules;
    const reason = `the ${timeframe} signal is HOLD: no side to trade`;
    const rejection = { symbol, reason, score: 0, threshold, factors };
    return { status: 'rejected', reason: 'low_confluence', rejection };
  }

  #rejectFailure({ symbol, reason: code, detail }: SymbolFailure, phase: 'quick' | 'deep'): RunOutcome {
    const reason = this.#reasonOf(code);
    const status = reason === 'errors' ? 'failed' : 'rejected';
    const said = `${phase === 'quick' ? 'quick scan' : 'deep analysis'}: ${detail}`;
    return { status, reason, rejection: { symbol, reason: said, code } };
  }

  #reasonOf(code: ErrorCode): RejectionReason {
    if (NO_DATA.includes(code)) return 'no_data';
    if (!NO_TIMEFRAME.includes(code)) return 'errors';
    const { primaryTimeframe, criticalTimeframes } = this.#mode;
    return criticalTimeframes.includes(primaryTimeframe) ? 'missing_critical_tf' : 'no_data';
  }
}
