import { ScannerApiError, ScannerConnectionError } from '@fast-scanner/client';
import { type AckError, ERROR_CODES, ScannerError, toAckError } from '@fast-scanner/shared';
import { ConfigError } from '../../config/config-error.ts';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { printJson } from '../print-json.ts';
import { reportProblems } from '../report-problems.ts';

const WRONG_INPUT: readonly string[] = [
  'invalid_input',
  'exchange_unknown',
  'symbol_unknown',
  'not_supported',
];

/** What the user can do about a code, where its own words speak of requests. */
const REMEDIES: Readonly<Record<string, string>> = {
  unauthorized: 'set API_TOKEN to the token of the server',
  forbidden_role: 'API_TOKEN is a token for reading; set the one that may change things',
};

/** Says why a command came to nothing; answers the exit code. Anything unknown is a bug and is thrown on. */
export function reportFailure(
  error: unknown,
  { json }: { readonly json?: boolean },
  context: CliContext,
): number {
  const { stdout, stderr, signal } = context;
  if (signal.aborted) return EXIT_CODES.cancelled;
  if (error instanceof ConfigError) {
    reportProblems(error, stderr);
    return EXIT_CODES.config;
  }
  const document = toDocument(error);
  if (json) printJson(stdout, document);
  const detail = REMEDIES[document.code] ?? document.detail;
  stderr.write(`${ERROR_CODES[document.code].title}: ${detail}\n`);
  return WRONG_INPUT.includes(document.code) ? EXIT_CODES.usage : EXIT_CODES.failed;
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
