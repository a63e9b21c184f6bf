import type { ModelLearner } from '@fast-scanner/server/scanners/common/model-learner.ts';
import { openRecordedFolder } from '@fast-scanner/server/scanners/replay/recorded-folder.ts';
import { replaySteps } from '@fast-scanner/server/scanners/replay/replay-steps.ts';
import type { StepReplayer } from '@fast-scanner/server/scanners/replay/step-replayer.ts';
import type { SymbolRecording } from '@fast-scanner/server/scanners/replay/symbol-recording.ts';
import { type CandleRow, rowsFromColumns, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import { randomSeries } from '../../../support/random-series.ts';

export const HOUR = 3_600_000;
/** Close of the last recorded candle, a Monday. */
export const END = Date.UTC(2026, 0, 5);
export const NEVER = new AbortController().signal;

/** Rows of a random walk that ends with the data. */
export function recordedRows(timeframe: Timeframe, count: number, seed: number): CandleRow[] {
  const newestOpenTime = END - timeframeMs(timeframe);
  return rowsFromColumns(randomSeries({ timeframe, count, newestOpenTime, seed }));
}

/** Everything of one symbol of a folder. */
export async function readRecording(
  directory: string,
  symbol: string,
  timeframes: readonly Timeframe[] = [],
): Promise<SymbolRecording> {
  const folder = await openRecordedFolder(directory, null, NEVER);
  return folder.read({ symbol, timeframes, signal: NEVER });
}

/** Does the steps in this thread. What goes in and comes out is copied, as on the way to a thread and back. */
export function inlineReplayer(): StepReplayer {
  return {
    replay: async (task, signal) => {
      signal.throwIfAborted();
      return structuredClone(await replaySteps(structuredClone(task)));
    },
    close: async () => undefined,
  };
}

/** For replays that predict nothing. */
export const NO_LEARNER: ModelLearner = {
  learn: () => Promise.reject(new Error('nobody asked for a prediction')),
};
