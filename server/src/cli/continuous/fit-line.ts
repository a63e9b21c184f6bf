const ESCAPE = String.fromCharCode(27);
/** A colour, or one character. */
const PIECE = new RegExp(`${ESCAPE}\\[[0-9;]*m|.`, 'gsu');

/** How many characters a text shows. */
export function widthOf(text: string): number {
  return piecesOf(text).filter((piece) => !isColour(piece)).length;
}

/** The text cut to a width, on one line whatever is in it; its colours stay whole, so that none runs on. */
export function fitLine(text: string, width: number): string {
  let left = width;
  return piecesOf(text)
    .filter((piece) => isColour(piece) || --left >= 0)
    .map((piece) => (isColour(piece) ? piece : onOneLine(piece)))
    .join('');
}

/** Parts joined by a separator to lines of at most a width; a part that is longer has a line of its own. */
export function flowLines(parts: readonly string[], separator: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const joined = `${lines.at(-1)}${separator}${part}`;
    if (lines.length > 0 && widthOf(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines;
}

/** Without breaks and other control characters. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}

function piecesOf(text: string): readonly string[] {
  return text.match(PIECE) ?? [];
}

function isColour(piece: string): boolean {
  return piece.length > 1 && piece.startsWith(ESCAPE);
}
