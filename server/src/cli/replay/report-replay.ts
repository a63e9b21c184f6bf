import { type ScorecardDimension, toIsoTime } from '@fast-scanner/shared';
import type { ReplayResult } from '../../scanners/replay/history-replayer.ts';
import type { CliContext } from '../cli-context.ts';
import { DATA_LABELS } from '../data-labels.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { formatCount, formatMinute } from '../format-cells.ts';
import { createPaint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { renderScorecard } from '../scorecard/render-scorecard.ts';
import { describeFailures } from './describe-failures.ts';
import { toReplayDocument } from './replay-document.ts';
import type { FinishedReplay } from './run-replay.ts';

export interface ReportOptions {
  readonly by: ScorecardDimension;
  readonly json?: boolean;
}

/** Prints what a replay came to, the same every time it is run; answers the exit code. A replay without a single signal has failed. */
export function reportReplay(finished: FinishedReplay, options: ReportOptions, context: CliContext): number {
  const { result, scorecard } = finished;
  const { stdout, stderr } = context;
  if (options.json) printJson(stdout, toReplayDocument(finished));
  else {
    stdout.write(
      `\n${describeReplay(result)}${describeModels(result.models)}${describeFailures(result.failures)}`,
    );
    if (scorecard) stdout.write(renderScorecard(scorecard, { by: options.by, paint: createPaint(context) }));
  }
  if (result.status === 'cancelled') {
    const kept = formatCount(result.signals, 'signal');
    stderr.write(`The replay was stopped: ${kept} of it stay until this time is replayed again.\n`);
    return EXIT_CODES.cancelled;
  }
  if (result.signals > 0) return EXIT_CODES.ok;
  stderr.write('The replay failed: no symbol has a signal.\n');
  return EXIT_CODES.failed;
}

function describeReplay(result: ReplayResult): string {
  const { dataSource, timeframe, from, to, symbols, steps, signals, settled, paused, unlisted } = result;
  const scope = [
    `${dataSource.exchange}: ${DATA_LABELS[dataSource.kind]}`,
    `${timeframe} candles, ${formatMinute(toIsoTime(from))} to ${formatMinute(toIsoTime(to))}`,
    formatCount(symbols, 'symbol'),
    formatCount(steps, 'step'),
  ];
  const counts = [
    `${formatCount(signals, 'signal')}, ${settled.toLocaleString('en-US')} with an outcome`,
    ...(unlisted > 0 ? [`${formatCount(unlisted, 'step')} before a symbol's first candle`] : []),
    ...(paused > 0 ? [`${formatCount(paused, 'step')} without a new candle`] : []),
  ];
  return `${scope.join(' · ')}\n${counts.join(' · ')}\n`;
}

/** What was predicted with; empty when nothing was. */
function describeModels(models: ReplayResult['models']): string {
  if (models.length === 0) return '';
  const without = models.filter(({ modelId }) => modelId === null);
  const [first] = without;
  const learned = formatCount(models.length - without.length, 'model');
  const none = first
    ? `; none for ${formatCount(without.length, 'period')}, as from ${formatMinute(toIsoTime(first.from))}: ${first.reason}`
    : '';
  return `Predicted with ${learned}, each learned from candles that had closed when its time began${none}\n`;
}
