import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ScannerError } from '@fast-scanner/shared';

export interface ReadTextOptions {
  readonly signal: AbortSignal;
  /** Called with each piece of text, in order; pieces may end anywhere. Other work gets its turn in between. */
  readonly onText: (text: string) => void;
}

/**
 * Reads a plain or gzipped ASCII file piece by piece.
 * @throws ScannerError `bad_data` naming the file when it cannot be read or is not gzip although its name says so
 */
export async function readTextFile(path: string, { signal, onText }: ReadTextOptions): Promise<void> {
  const source = createReadStream(path);
  const consume = async (pieces: AsyncIterable<Buffer>): Promise<void> => {
    for await (const piece of pieces) onText(piece.toString('latin1'));
  };
  try {
    if (path.endsWith('.gz')) await pipeline(source, createGunzip(), consume, { signal });
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
