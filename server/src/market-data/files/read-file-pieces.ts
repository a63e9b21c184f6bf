import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ScannerError } from '@fast-scanner/shared';

export interface ReadPiecesOptions {
  readonly signal: AbortSignal;
  /** Called with each piece, in order; pieces may end anywhere. Other work gets its turn in between. */
  readonly onPiece: (piece: Buffer) => void;
}

/** Small enough that whoever reads a piece is done in milliseconds, large enough that turns cost little. */
const PIECE_BYTES = 128 * 1024;

/**
 * Reads a plain or gzipped file piece by piece.
 * @throws ScannerError `bad_data` naming the file when it cannot be read or is not gzip although its name says so
 */
export async function readFilePieces(path: string, { signal, onPiece }: ReadPiecesOptions): Promise<void> {
  const source = createReadStream(path, { highWaterMark: PIECE_BYTES });
  const consume = async (pieces: AsyncIterable<Buffer>): Promise<void> => {
    for await (const piece of pieces) onPiece(piece);
  };
  try {
    const unzip = path.endsWith('.gz') ? createGunzip({ chunkSize: PIECE_BYTES }) : null;
    if (unzip) await pipeline(source, unzip, consume, { signal });
    else await pipeline(source, consume, { signal });
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof ScannerError) throw cause;
    throw new ScannerError('bad_data', `${basename(path)} cannot be read (${reasonOf(cause)})`, { cause });
  }
}

/** The system's short code: its messages carry the full path. */
function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
