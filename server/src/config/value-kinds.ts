import { isIP } from 'node:net';

/** How the text of a variable is read. */
export interface ValueKind<Value> {
  /** What is allowed, to be read after "expected". */
  readonly allowed: string;
  /** The value, or `undefined` when the text is none. The text is never empty. */
  readonly parse: (text: string) => Value | undefined;
}

export function wholeNumber(least: number, most: number): ValueKind<number> {
  return {
    allowed: `a whole number from ${least} to ${most}`,
    parse: (text) => within(/^-?\d+$/.test(text) ? Number(text) : Number.NaN, least, most),
  };
}

export function decimalNumber(least: number, most: number): ValueKind<number> {
  return {
    allowed: `a number from ${least} to ${most}`,
    parse: (text) => within(/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN, least, most),
  };
}

export function oneOf<Choice extends string>(choices: readonly Choice[]): ValueKind<Choice> {
  return {
    allowed: `one of ${choices.join(', ')}`,
    parse: (text) => choices.find((choice) => choice === text),
  };
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

export const flag: ValueKind<boolean> = {
  allowed: 'true or false',
  parse: (value) => FLAGS.get(value),
};

export function text(allowed: string, isAllowed: (text: string) => boolean): ValueKind<string> {
  return { allowed, parse: (value) => (isAllowed(value) ? value : undefined) };
}

/** A comma-separated list without doubles. */
export function listOf<Item>(item: ValueKind<Item>): ValueKind<readonly Item[]> {
  return {
    allowed: `a comma-separated list, each ${item.allowed}`,
    parse: (value) => {
      const items = value.split(',').map((part) => item.parse(part.trim()));
      const known = items.filter((one) => one !== undefined);
      return known.length === items.length ? [...new Set(known)] : undefined;
    },
  };
}

export const hostName: ValueKind<string> = text('a host name or IP address', isHostName);

/** Epoch ms UTC. Without a zone a time of day would mean another moment on every machine, so it is refused. */
export const utcTime: ValueKind<number> = {
  allowed: 'an ISO 8601 time with zone, such as 2025-06-20T12:00:00Z, or a date',
  parse: (value) => {
    if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(value)) return undefined;
    const time = Date.parse(value);
    return Number.isNaN(time) ? undefined : time;
  },
};

/** An object whose values are objects, from JSON. */
export const jsonObjects: ValueKind<Readonly<Record<string, Readonly<Record<string, unknown>>>>> = {
  allowed: 'a JSON object of exchange ids with an object of options each',
  parse: (value) => {
    const parsed = parseJson(value);
    return isRecord(parsed) && Object.values(parsed).every(isRecord)
      ? (parsed as Record<string, Record<string, unknown>>) // checked on the line above
      : undefined;
  },
};

function within(value: number, least: number, most: number): number | undefined {
  return value >= least && value <= most ? value : undefined;
}

function isHostName(value: string): boolean {
  return isIP(value) !== 0 || /^(?!-)[a-z\d-]{1,63}(\.[a-z\d-]{1,63})*$/i.test(value);
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
