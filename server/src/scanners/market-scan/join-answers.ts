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

/** The same variants over some stocks and over others. No variants are those of no stock. */
export function joinVariants(
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
