/**
 * JSON text of a value that comes back from it unchanged. Properties that are `undefined` are left out.
 * @throws TypeError for everything that JSON would silently turn into something else: NaN, infinities, dates, maps, instances of classes,
 * functions, holes in arrays
 */
export function toStrictJson(value: unknown): string {
  if (value === undefined) throw new TypeError('undefined cannot be stored as JSON');
  return JSON.stringify(value, refuseUnfaithful);
}

/** The holder has the value as it was before any `toJSON`. */
function refuseUnfaithful(this: Readonly<Record<string, unknown>>, key: string, replaced: unknown): unknown {
  const value = this[key];
  if (!isFaithful(value, Array.isArray(this)))
    throw new TypeError(`${key || 'the value'} is ${String(value)}, which cannot be stored as JSON`);
  return replaced;
}

function isFaithful(value: unknown, inArray: boolean): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'undefined':
      return !inArray;
    case 'object':
      return value === null || Array.isArray(value) || isPlain(value);
    default:
      return false;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
