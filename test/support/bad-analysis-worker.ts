import type { DeepAnalysisInput } from '@fast-scanner/server/analysis/deep-analysis.ts';

/** A worker entry that does to its thread what the symbol's name says. */
export function analyze({ primary }: DeepAnalysisInput): unknown {
  switch (primary.symbol) {
    case 'THROW':
      throw new TypeError('broken');
    case 'EXIT':
      return process.exit(3);
    case 'MEMORY':
      return fillMemory();
    case 'LOOP':
      for (;;);
    case 'SHORT':
      return { ok: false, code: 'insufficient_data', detail: 'too few candles' };
    default:
      return { ok: true, result: { direction: 'none' } };
  }
}

function fillMemory(): never {
  const hoard: unknown[] = [];
  for (;;) hoard.push(Array.from({ length: 100_000 }, (_, index) => ({ index })));
}
