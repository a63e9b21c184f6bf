import { joinCurves } from '../../analysis/backtest/join-curves.ts';
import type { BatchAnswer, SweepAnswer, VariantCurves } from './backtester.ts';

/** Answers about some stocks and about others as one about all of them, in their order. */
export function joinTests(answers: readonly BatchAnswer[]): BatchAnswer {
  return {
    stocks: answers.flatMap(({ stocks }) => stocks),
    curve: joinCurves(answers.map(({ curve }) => curve)),
    computeMs: sumOf(answers),
  };
}

export function joinSweeps(answers: readonly SweepAnswer[]): SweepAnswer {
  return {
    variants: answers.map(({ variants }) => variants).reduce(joinVariants, []),
    failures: answers.flatMap(({ failures }) => failures),
    computeMs: sumOf(answers),
  };
}

/** Joins the variants of groups in the order of the groups, whichever is done first, so that the same groups always come to the same sums. */
export class VariantJoin {
  readonly #waiting = new Map<number, readonly VariantCurves[]>();
  #joined: readonly VariantCurves[] = [];
  #next = 0;

  /** Of all groups once each of them was added. */
  get variants(): readonly VariantCurves[] {
    return this.#joined;
  }

  /** @param index position of the group: 0, 1, 2 … */
  add(index: number, variants: readonly VariantCurves[]): void {
    this.#waiting.set(index, variants);
    for (let ready = this.#waiting.get(this.#next); ready; ready = this.#waiting.get(this.#next)) {
      this.#joined = joinVariants(this.#joined, ready);
      this.#waiting.delete(this.#next);
      this.#next += 1;
    }
  }
}

/** The same variants over some stocks and over others. No variants are those of no stock. */
function joinVariants(
  some: readonly VariantCurves[],
  others: readonly VariantCurves[],
): readonly VariantCurves[] {
  if (some.length === 0) return others;
  return some.map((curves, index) => {
    const other = others[index];
    if (!other) return curves;
    return {
      inSample: joinCurves([curves.inSample, other.inSample]),
      outOfSample: joinCurves([curves.outOfSample, other.outOfSample]),
    };
  });
}

function sumOf(answers: readonly { readonly computeMs: number }[]): number {
  return answers.reduce((sum, { computeMs }) => sum + computeMs, 0);
}
