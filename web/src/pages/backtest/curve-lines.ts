import type { PortfolioAnswer } from '@fast-scanner/client';
import type { ChartLine } from '../../charts/chart-types.ts';

type Curve = PortfolioAnswer['curve'];

/** Equity in money: the strategy, then the benchmark. */
export function toCurveLines({ date, equity, benchmark }: Curve): readonly ChartLine[] {
  return [toLine('strategy', date, equity), toLine('benchmark', date, benchmark)];
}

/** The same as ratios below the highest equity so far: 0 at a peak, −0.2 a fifth below it. */
export function toDrawdownLines({ date, equity, benchmark }: Curve): readonly ChartLine[] {
  return [toLine('strategy', date, toDrawdowns(equity)), toLine('benchmark', date, toDrawdowns(benchmark))];
}

export function toDrawdowns(equity: readonly number[]): readonly number[] {
  let peak = Number.NEGATIVE_INFINITY;
  return equity.map((value) => {
    peak = Math.max(peak, value);
    return peak > 0 ? value / peak - 1 : 0;
  });
}

function toLine(id: string, dates: readonly string[], values: readonly number[]): ChartLine {
  const points = dates.map((date, index) => ({ time: Date.parse(date), value: values[index] ?? null }));
  return { id, label: '', points };
}
