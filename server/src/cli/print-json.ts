import type { OutputStream } from './cli-context.ts';

/** Prints a document for other programs. */
export function printJson(stdout: OutputStream, document: object): void {
  stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}
