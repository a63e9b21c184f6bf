/**
 * JSON text of a value that comes back from it unchanged. Properties that are `undefined` are left out.
 * @throws TypeError for everything that JSON would silently turn into something else: NaN, infinities, dates, maps, instances of classes,
 * functions, holes in arrays
 */
export function toStrictJson(value: unknown): string {
  // First, because it refuses what refers to itself.
  const json = JSON.stringify(value);
  refuseUnfaithful(value, 'the value');
  return json;
}

/** A walk over the value is quicker than a function that JSON.stringify calls for each part. */
function refuseUnfaithful(value: unknown, name: string): void {
  if (!isFaithful(value)) throw new TypeError(`${name} is ${String(value)}, which cannot be stored as JSON`);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const part of value) refuseUnfaithful(part, name);
    return;
  }
  for (const [key, part] of Object.entries(value)) {
    if (part !== undefined) refuseUnfaithful(part, key);
  }
}

function isFaithful(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
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
