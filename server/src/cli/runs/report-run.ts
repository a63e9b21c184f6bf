import type { RunMetadata, RunResponse } from '@fast-scanner/shared';
import { capitalise } from '../capitalise.ts';
import type { CliContext } from '../cli-context.ts';
import { DATA_LABELS } from '../data-labels.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { formatEta, formatMinute, formatSeconds } from '../format-cells.ts';
import { createPaint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { renderRejectionCounts, renderRejections } from './rejection-report.ts';
import { renderSignals } from './signal-table.ts';

export interface ReportOptions {
  readonly json?: boolean;
  readonly explain?: boolean;
}

/** Prints a run as it stands: what it found once it has ended, else how far it is. */
export function printRun(run: RunResponse, { json, explain }: ReportOptions, context: CliContext): void {
  const { stdout, stderr } = context;
  if (json) {
    printJson(stdout, run);
    return;
  }
  const { metadata, signals = [], rejections } = run;
  if (!metadata) {
    stdout.write(`${describeUnfinished(run)}\n`);
    return;
  }
  const paint = createPaint(context);
  stdout.write(`\n${describeRun(run, metadata)}\n${capitalise(metadata.summary)}.\n`);
  if (metadata.selection_note) stdout.write(`${capitalise(metadata.selection_note)}.\n`);
  if (signals.length > 0) stdout.write(renderSignals(signals, paint));
  if (!rejections || rejections.total_rejected === 0) return;
  stdout.write(renderRejectionCounts(rejections));
  if (explain) stdout.write(renderRejections(rejections, paint));
  else stderr.write('With --explain each symbol is listed with its reason.\n');
}

/** Prints the outcome of the run that was waited for; answers the exit code. A run without signals is a result as good as any. */
export function reportRun(run: RunResponse, options: ReportOptions, context: CliContext): number {
  printRun(run, options, context);
  const { status, error } = run;
  if (status === 'completed') return EXIT_CODES.ok;
  if (status === 'cancelled') {
    context.stderr.write('The run was cancelled before it was done.\n');
    return EXIT_CODES.cancelled;
  }
  const reason = error ? `: ${error.detail} (${error.code})` : '';
  context.stderr.write(`The run ${status === 'failed' ? 'failed' : `is still ${status}`}${reason}\n`);
  return EXIT_CODES.failed;
}

function describeRun({ status, signals = [] }: RunResponse, metadata: RunMetadata): string {
  const newestClose =
    signals
      .map(({ candle_close_time }) => candle_close_time)
      .sort()
      .at(-1) ?? null;
  const { primary_timeframe: timeframe, leverage } = metadata;
  return [
    `${metadata.exchange}: ${DATA_LABELS[metadata.data_source.kind]}`,
    `${metadata.mode}, ${status}`,
    newestClose === null
      ? `${timeframe} candles`
      : `${timeframe} candles closed at ${formatMinute(newestClose)}`,
    `score from ${metadata.effective_min_score}`,
    `R:R from ${metadata.min_risk_reward}`,
    ...(leverage === 1 ? [] : [`leverage ${leverage}`]),
    formatSeconds(metadata.duration_ms),
  ].join(' · ');
}

function describeUnfinished(run: RunResponse): string {
  const { mode, exchange, status, progress, total, current_symbol, eta_seconds } = run;
  return [
    `${mode} on ${exchange}: ${status}`,
    `${progress}/${total}`,
    `ETA ${formatEta(eta_seconds)}`,
    ...(current_symbol === null ? [] : [current_symbol]),
  ].join(' · ');
}
