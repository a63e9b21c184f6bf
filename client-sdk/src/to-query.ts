/** The query part of an address, with its question mark; empty when there is nothing to say. Lists are separated by commas. */
export function toQuery(query: object): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const text = new URLSearchParams(entries).toString();
  return text === '' ? '' : `?${text}`;
}
