import type { RESULT_SORTS, ScanResult } from '@fast-scanner/shared';

type ResultSort = (typeof RESULT_SORTS)[number];

/** Compares results for the asked order: descending, missing values last; symbols ascending. */
export function compareResults(sort: ResultSort): (a: ScanResult, b: ScanResult) => number {
  if (sort === 'symbol') return (a, b) => (a.symbol < b.symbol ? -1 : Number(a.symbol > b.symbol));
  const read = READERS[sort];
  return (a, b) => (read(b) ?? Number.NEGATIVE_INFINITY) - (read(a) ?? Number.NEGATIVE_INFINITY) || 0;
}

const READERS: Readonly<Record<Exclude<ResultSort, 'symbol'>, (result: ScanResult) => number | null>> = {
  strength: ({ strength }) => strength,
  score: ({ score }) => score,
  opportunity: ({ deepAnalysis }) => deepAnalysis?.opportunity_score ?? null,
  change24h: ({ change24h }) => change24h,
};
