/** A worker entry that does to its thread what the symbol's name says. */
export function analyze({ primary }) {
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

function fillMemory() {
  const hoard = [];
  for (;;) hoard.push(Array(1_000_000).fill(0.5));
}
