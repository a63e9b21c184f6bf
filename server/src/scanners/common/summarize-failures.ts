import { type ErrorCode, ScannerError, type SymbolFailure } from '@fast-scanner/shared';
import { isOfExchange } from './is-of-exchange.ts';

/**
 * The error of the scan as a whole when every symbol failed because of the exchange: its most frequent reason. Otherwise `null`:
 * failed symbols alone never fail a scan.
 */
export function summarizeFailures(
  failures: readonly SymbolFailure[],
  requested: number,
): ScannerError | null {
  if (failures.length < requested || !failures.every(({ reason }) => isOfExchange({ code: reason })))
    return null;
  return toCommonError(failures, 'no symbol could be read');
}

/** The most frequent reason of the failures as one error; `what` says what came of them together. */
export function toCommonError(failures: readonly SymbolFailure[], what: string): ScannerError {
  const counts = new Map<ErrorCode, number>();
  for (const { reason } of failures) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const [code] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['exchange_unavailable' as const];
  const example = failures.find(({ reason }) => reason === code);
  return new ScannerError(code, `${what}: ${example?.detail ?? 'no reason given'}`);
}
