/** Enough of an id to tell records apart, most of the time. */
const SHORT_LENGTH = 8;
const LENGTH = 36;

/** How many characters of each id tell it from the others, so that commands can be given them. */
export function shortIdLength(ids: readonly string[]): number {
  const tellsApart = (length: number) => new Set(ids.map((id) => id.slice(0, length))).size === ids.length;
  let length = SHORT_LENGTH;
  while (length < LENGTH && !tellsApart(length)) length += 1;
  return length;
}
