import { readFilePieces } from './read-file-pieces.ts';

export interface ReadTextOptions {
  readonly signal: AbortSignal;
  /** Called with each piece of text, in order; pieces may end anywhere. Other work gets its turn in between. */
  readonly onText: (text: string) => void;
}

/**
 * Reads a plain or gzipped ASCII file piece by piece.
 * @throws ScannerError `bad_data` naming the file when it cannot be read or is not gzip although its name says so
 */
export function readTextFile(path: string, { signal, onText }: ReadTextOptions): Promise<void> {
  return readFilePieces(path, { signal, onPiece: (piece) => onText(piece.toString('latin1')) });
}
