/** A piece of ASCII text by its place in a buffer: `end` is exclusive. */
export interface ByteSpan {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

const ZERO = 48;
const NINE = 57;
const DOT = 46;
const DASH = 45;

/** A whole number of so many digits, and a power of ten as small, are exact; so is then their quotient, to the last bit. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

/** A number as `Number` reads it, some ten times as fast for plain decimals; NaN when there is none. */
export function parseDecimal({ bytes, start, end }: ByteSpan): number {
  let digits = 0;
  let dot = -1;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= ZERO && byte <= NINE) digits = digits * 10 + (byte - ZERO);
    else if (byte === DOT && dot < 0) dot = at;
    else return parseUnusual({ bytes, start, end });
  }
  const isPlain = end - start <= EXACT_DIGITS && end - start > (dot < 0 ? 0 : 1);
  if (!isPlain) return parseUnusual({ bytes, start, end });
  return dot < 0 ? digits : digits / (POWERS_OF_TEN[end - dot - 1] ?? Number.NaN);
}

/** `Number('')` is 0, which is a value; a missing one is not. */
function parseUnusual({ bytes, start, end }: ByteSpan): number {
  const text = bytes.toString('latin1', start, end).trim();
  return text === '' ? Number.NaN : Number(text);
}

/** How many digits follow the decimal point. */
export function decimalsOf({ bytes, start, end }: ByteSpan): number {
  for (let at = start; at < end; at += 1) if (bytes[at] === DOT) return end - at - 1;
  return 0;
}

/** `YYYY-MM-DD` as `year · 10,000 + month · 100 + day`, whether there is such a day or not; NaN when it is written otherwise. */
export function parseDateNumber({ bytes, start, end }: ByteSpan): number {
  if (end - start !== 10 || bytes[start + 4] !== DASH || bytes[start + 7] !== DASH) return Number.NaN;
  let number = 0;
  for (let at = start; at < end; at += 1) {
    if (at === start + 4 || at === start + 7) continue;
    const byte = bytes[at] ?? 0;
    if (byte < ZERO || byte > NINE) return Number.NaN;
    number = number * 10 + (byte - ZERO);
  }
  return number;
}
