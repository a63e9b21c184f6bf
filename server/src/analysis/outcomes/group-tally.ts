import { forRows, type InTurns } from './in-turns.ts';
import type { Grouping } from './rank-correlation.ts';
import { OUTCOME, type ScorecardColumns } from './scorecard-rows.ts';

/** Counts and sums of one group of signals. */
export class GroupTally {
  /** By number of {@link OUTCOME}. */
  readonly outcomes = new Float64Array(Object.keys(OUTCOME).length);
  /** Trades above zero after costs. */
  wins = 0;
  netSum = 0;
  gains = 0;
  losses = 0;
  /** Forward returns in the trades' directions, and how many there are. */
  forwardSum = 0;
  forwards = 0;
  /** Settled predictions, those that came true upwards, and their squared errors. */
  predictions = 0;
  ups = 0;
  squaredErrors = 0;

  /** Signals that took a side and are settled. */
  get trades(): number {
    return this.#sumUpTo(OUTCOME.timeout);
  }

  get settled(): number {
    return this.#sumUpTo(OUTCOME.none);
  }

  count(outcome: keyof typeof OUTCOME): number {
    return this.outcomes[OUTCOME[outcome]] ?? 0;
  }

  add(columns: ScorecardColumns, row: number): void {
    const outcome = columns.outcome[row] ?? OUTCOME.pending;
    this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1;
    if (outcome <= OUTCOME.timeout) this.#addTrade(columns, row);
    const label = columns.label[row] ?? -1;
    const probability = columns.probability[row] ?? Number.NaN;
    if (label < 0 || Number.isNaN(probability)) return;
    this.predictions += 1;
    this.ups += label;
    this.squaredErrors += (probability - label) ** 2;
  }

  #addTrade({ net, forward, side }: ScorecardColumns, row: number): void {
    const amount = net[row] ?? Number.NaN;
    this.netSum += amount;
    if (amount > 0) {
      this.wins += 1;
      this.gains += amount;
    } else {
      this.losses -= amount;
    }
    const moved = forward[row] ?? Number.NaN;
    if (Number.isNaN(moved)) return;
    this.forwardSum += (side[row] ?? 0) * moved;
    this.forwards += 1;
  }

  #sumUpTo(last: number): number {
    return this.outcomes.subarray(0, last + 1).reduce((sum, count) => sum + count, 0);
  }
}

/** Counts and sums of every group. */
export function* tallyGroups(
  columns: ScorecardColumns,
  { groupOf, groups }: Grouping,
): InTurns<readonly GroupTally[]> {
  const tallies = Array.from({ length: groups }, () => new GroupTally());
  yield* forRows(columns.length, (from, to) => {
    for (let row = from; row < to; row += 1) tallies[groupOf[row] ?? 0]?.add(columns, row);
  });
  return tallies;
}
