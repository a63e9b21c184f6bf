export const CONTENDERS = ['product', 'socket.io', 'ws'] as const;
export type Contender = (typeof CONTENDERS)[number];

export const BENCH_SCAN_ID = process.env['BENCH_SCAN_ID'] ?? 'scan_bench';

/** Epoch ms with fractions, comparable between processes of one machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
