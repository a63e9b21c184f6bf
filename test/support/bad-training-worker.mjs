/** A worker entry that does to its thread what the first symbol's name says. */
export function train({ series: [first] }) {
  switch (first.symbol.split('/')[0]) {
    case 'THROW':
      throw new TypeError('broken');
    case 'EXIT':
      return process.exit(3);
    default:
      for (;;);
  }
}
