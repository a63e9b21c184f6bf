import type { CandleColumns } from '@fast-scanner/shared';
import type { SignalColumns } from './signal-columns.ts';

/** A number a user may set. Validation, the command line's help and the web form are built from it. */
export interface StrategyParameter<Name extends string = string> {
  readonly name: Name;
  /** `integer` refuses fractions. */
  readonly type: 'integer' | 'number';
  readonly default: number;
  /** Smallest value allowed. */
  readonly min: number;
  /** Largest value allowed. */
  readonly max: number;
  /** What one click of a form adds; values between steps are allowed. Default 1. */
  readonly step?: number;
  /** One sentence: what it does, with its unit. */
  readonly help: string;
}

/** A complete set of values, one per parameter. */
export type ParameterValues<Name extends string = string> = Readonly<Record<Name, number>>;

/**
 * A rule of when to be in the market: data and one function. A plain object is enough, so a user's own file can hold one.
 *
 * `evaluate` must not look ahead: what it writes at candle t may depend on candles 0 … t alone. It keeps nothing between
 * calls, changes no candle, and leaves the columns at their "nothing" wherever its indicators have no value yet.
 */
export interface Strategy<Name extends string = string> {
  /** Unique, lower case with underscores: what requests name it by. */
  readonly id: string;
  readonly title: string;
  /** When it goes in and out, in words a user understands. */
  readonly description: string;
  readonly parameters: readonly StrategyParameter<Name>[];
  /** Groups of parameters whose values must rise strictly in the order given, as `[['fast', 'slow']]`. */
  readonly rising?: readonly (readonly Name[])[];
  /** Candles (at least 1) until every indicator has a value. The benchmark is bought at the close of the last of them. */
  lookback(parameters: ParameterValues<Name>): number;
  /** Writes an order, and where it wants them a stop and a target, at the candles whose close says so. */
  evaluate(candles: CandleColumns, parameters: ParameterValues<Name>, signals: SignalColumns): void;
}

/** Answers the strategy as it is; lets the compiler check `evaluate` against the names of the parameters. */
export function defineStrategy<Name extends string>(strategy: Strategy<Name>): Strategy<Name> {
  return strategy;
}
