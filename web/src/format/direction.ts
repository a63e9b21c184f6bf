export type Direction = 'up' | 'down' | 'flat';

/** Words of the wire that point somewhere. */
const WORDS: Readonly<Record<string, Direction>> = {
  BUY: 'up',
  LONG: 'up',
  long: 'up',
  bullish: 'up',
  bull: 'up',
  SELL: 'down',
  SHORT: 'down',
  short: 'down',
  bearish: 'down',
  bear: 'down',
};

/** Where a signal, a side, a bias or a regime points; flat for those that point nowhere. */
export function directionOf(word: string): Direction {
  return WORDS[word] ?? 'flat';
}

/** Which way a number goes; flat for zero and for what does not exist. */
export function directionOfNumber(value: number | null | undefined): Direction {
  if (!value) return 'flat';
  return value > 0 ? 'up' : 'down';
}

/** The user's colour of a direction, for CSS. */
export function directionColor(direction: Direction): string {
  return `var(--fs-${direction})`;
}
