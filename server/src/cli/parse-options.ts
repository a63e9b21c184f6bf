import { InvalidArgumentError } from 'commander';

/** Symbols separated by commas, in upper case. */
export function parseSymbols(list: string): readonly string[] {
  return list.split(',').map((symbol) => symbol.trim().toUpperCase());
}

/** Reads a whole number within bounds, else says what it must be. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = toNumber(text);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Reads a number within bounds, else says what it must be. */
export function numberWithin(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = toNumber(text);
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
  };
}

/** The address of a server, without a slash at its end. */
export function parseUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:5000.');
}

/** `Number` takes nothing for zero. */
function toNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
