import type { TrainingFile } from './training-file.ts';
import { type TimedLine, timeOfLine } from './training-lines.ts';

export interface ScannedLines {
  /** Whole and valid, in the file's order; of lines with the same identity the first. */
  readonly lines: readonly TimedLine[];
  /** An unfinished record at the end of the file. */
  readonly isTorn: boolean;
  /** Lines, 1-based, that are no record of this file though they are finished. */
  readonly broken: readonly number[];
  readonly duplicates: number;
}

/** What is in a file of JSON Lines, however it was left. */
export function scanLines(file: TrainingFile, bytes: Uint8Array): ScannedLines {
  const texts = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString().split('\n');
  const seen = new Map<number, string>();
  const broken: number[] = [];
  let duplicates = 0;
  let isTorn = false;
  texts.forEach((line, index) => {
    const isLast = index === texts.length - 1;
    if (isLast && line === '') return;
    const time = timeOfLine(file, line);
    if (time === null && isLast) isTorn = true;
    else if (time === null) broken.push(index + 1);
    else if (seen.has(time)) duplicates += 1;
    else seen.set(time, line);
  });
  return { lines: Array.from(seen, ([time, line]) => ({ time, line })), isTorn, broken, duplicates };
}

/** The content of a file with these lines. */
export function joinLines(lines: readonly TimedLine[]): Buffer {
  return Buffer.from(lines.map(({ line }) => `${line}\n`).join(''));
}
