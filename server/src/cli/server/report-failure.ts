import { ScannerApiError, ScannerConnectionError } from '@fast-scanner/client';
import { type AckError, type ErrorCode, ScannerError, toAckError } from '@fast-scanner/shared';
import { ConfigError } from '../../config/config-error.ts';
import { capitalise } from '../capitalise.ts';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { printJson } from '../print-json.ts';
import { reportProblems } from '../report-problems.ts';

const WRONG_INPUT: readonly ErrorCode[] = [
  'invalid_input',
  'exchange_unknown',
  'symbol_unknown',
  'not_supported',
];

/** What the user of the command line can do about a code. */
const REMEDIES: Partial<Readonly<Record<ErrorCode, string>>> = {
  unauthorized: 'set API_TOKEN to the token of the server',
  forbidden_role: 'API_TOKEN is a token for reading; set the one that may change things',
};

/** Says why a command came to nothing; answers the exit code. Anything unknown is a bug and is thrown on. */
export function reportFailure(
  error: unknown,
  { json }: { readonly json?: boolean },
  context: CliContext,
): number {
  const { stdout, stderr } = context;
  if (isStop(error, context)) return EXIT_CODES.cancelled;
  if (error instanceof ConfigError) {
    reportProblems(error, stderr);
    return EXIT_CODES.config;
  }
  const document = toDocument(error);
  if (json) printJson(stdout, document);
  stderr.write(`${describe(document, error instanceof ScannerApiError)}\n`);
  return WRONG_INPUT.includes(document.code) ? EXIT_CODES.usage : EXIT_CODES.failed;
}

/** Whether it is nothing but the user's wish to stop. */
export function isStop(error: unknown, { signal }: CliContext): boolean {
  return signal.aborted && error === signal.reason;
}

function describe({ code, detail }: Omit<AckError, 'requestId'>, isFromServer: boolean): string {
  const remedy = REMEDIES[code];
  if (!isFromServer) return `${capitalise(detail)}.`;
  return `The server says: ${detail} (${code})${remedy === undefined ? '' : `; ${remedy}`}`;
}

function toDocument(error: unknown): Omit<AckError, 'requestId'> {
  if (error instanceof ScannerApiError) return error.problem;
  const { requestId: _, ...document } = toAckError(toScannerError(error), '');
  return document;
}

function toScannerError(error: unknown): ScannerError {
  if (error instanceof ScannerError) return error;
  if (error instanceof ScannerConnectionError || isSystemError(error)) {
    return new ScannerError('unavailable', error.message);
  }
  throw error;
}

/** Whether the operating system refused something: an address, a folder, a file. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
