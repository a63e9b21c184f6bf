import { InvalidArgumentError } from 'commander';
import { utcTime } from '../config/value-kinds.ts';

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

/** A calendar day in UTC, else says what it must look like. */
export function parseDay(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(time) && new Date(time).toISOString().startsWith(text)) return text;
  throw new InvalidArgumentError('It must be a day such as 2018-02-07.');
}

/** A day or a time with its zone as epoch ms UTC, else says what it must look like. */
export function parseTime(text: string): number {
  const time = utcTime.parse(text);
  if (time !== undefined) return time;
  throw new InvalidArgumentError(
    'It must be a day or a time in UTC, such as 2024-01-01 or 2024-01-01T12:00Z.',
  );
}

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
]);

/** A length of time in milliseconds, else says what it must look like. */
export function parseDuration(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,3})([mhdw])$/.exec(text) ?? [];
  const unitMs = UNIT_MS.get(unit ?? '');
  if (unitMs !== undefined) return Number(count) * unitMs;
  throw new InvalidArgumentError('It must be a number and a unit (m, h, d, w), such as 4h.');
}

/** Adds `name=value` to the parameters read so far. */
export function addParameter(
  text: string,
  sofar: Readonly<Record<string, number>> = {},
): Record<string, number> {
  const [name, value] = splitAssignment(text, 'period=20');
  return addOnce(sofar, name, numberOf(value, name));
}

/** Adds `name=value,value,…` to the lists read so far. */
export function addParameterList(
  text: string,
  sofar: Readonly<Record<string, readonly number[]>> = {},
): Record<string, readonly number[]> {
  const [name, values] = splitAssignment(text, 'fast=5,10,15');
  return addOnce(
    sofar,
    name,
    values.split(',').map((value) => numberOf(value, name)),
  );
}

/** The parts of `name=value`, else says what it must look like. */
export function splitAssignment(text: string, example: string): readonly [name: string, value: string] {
  const [, name, value] = /^\s*([^=\s]+)\s*=(.+)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new InvalidArgumentError(`It must look like ${example}.`);
}

function numberOf(text: string, name: string): number {
  const number = toNumber(text);
  if (Number.isFinite(number)) return number;
  throw new InvalidArgumentError(`"${text}" is no number, which ${name} must be.`);
}

/** Adds a value under its name, which no other may have. */
export function addOnce<Value>(
  sofar: Readonly<Record<string, Value>>,
  name: string,
  value: Value,
): Record<string, Value> {
  if (Object.hasOwn(sofar, name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return { ...sofar, [name]: value };
}
