/** JSON text of a value. @throws TypeError for NaN and infinities, which JSON would silently turn into null */
export function toStrictJson(value: unknown): string {
  return JSON.stringify(value ?? null, refuseNonFinite);
}

function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`${key} is ${value}: not a JSON number`);
  return value;
}
