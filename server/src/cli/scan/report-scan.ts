import {
  ERROR_CODES,
  type ScannerError,
  type ScanResponse,
  type SymbolFailure,
  toAckError,
} from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { DATA_LABELS } from '../data-labels.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { formatMinute, formatSeconds } from '../format-cells.ts';
import { createPaint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { renderResults } from './result-table.ts';
import type { ScanOptions } from './scan-options.ts';

/** Prints what a scan found, whole or not; answers the exit code. A scan without a single signal has failed. */
export function reportScan(response: ScanResponse, options: ScanOptions, context: CliContext): number {
  const { stdout, stderr } = context;
  if (options.json) printJson(stdout, response);
  else printReport(response, context);
  const { status, error } = response.scan;
  if (status === 'cancelled') {
    stderr.write('The scan was stopped before it was done.\n');
    return EXIT_CODES.cancelled;
  }
  if (error) stderr.write(`The scan failed: ${error.detail} (${error.code})\n`);
  else if (response.signals.length === 0) stderr.write('The scan failed: no symbol has a signal\n');
  else return EXIT_CODES.ok;
  return EXIT_CODES.failed;
}

/** Prints why there is no scan. */
export function reportError(
  error: ScannerError,
  { json }: ScanOptions,
  { stdout, stderr }: CliContext,
): void {
  const { requestId: _, ...document } = toAckError(error, '');
  if (json) printJson(stdout, document);
  stderr.write(`${ERROR_CODES[error.code].title}: ${error.message}\n`);
}

function printReport(response: ScanResponse, context: CliContext): void {
  const { scan, signals, failures } = response;
  if (signals.length > 0) {
    context.stdout.write(`\n${describeScan(response)}\n`);
    context.stdout.write(renderResults(signals, scan.analyze, createPaint(context)));
  }
  if (failures.length > 0) context.stdout.write(describeFailures(failures));
}

function describeScan({ scan, signals }: ScanResponse): string {
  const { exchange, dataSource, timeframe, totals, scanTimeMs } = scan;
  const newestClose =
    signals
      .map(({ candleCloseTime }) => candleCloseTime)
      .sort()
      .at(-1) ?? '';
  return [
    `${exchange}: ${DATA_LABELS[dataSource.kind]}`,
    `${timeframe} candles closed at ${formatMinute(newestClose)}`,
    `${signals.length} of ${totals.requested} symbols`,
    ...(scanTimeMs === null ? [] : [`phase 1 in ${formatSeconds(scanTimeMs)}`]),
    ...(scan.startedAt && scan.completedAt
      ? [`all in ${formatSeconds(Date.parse(scan.completedAt) - Date.parse(scan.startedAt))}`]
      : []),
  ].join(' · ');
}

function describeFailures(failures: readonly SymbolFailure[]): string {
  const lines = failures.map(({ symbol, reason, detail }) => `  ${symbol}: ${detail} (${reason})\n`);
  return `\nWithout a complete result:\n${lines.join('')}`;
}
