import { createHash } from 'node:crypto';
import type { DataSource, Timeframe } from '@fast-scanner/shared';
import { PREDICTION_FEATURES } from '../../analysis/prediction/prediction-features.ts';
import { MODEL_VERSION, type PredictionReport } from '../../analysis/prediction/prediction-model.ts';

/** A trained model as it is kept, but for the model itself. JSON. Times are epoch ms UTC. */
export interface ModelRecord {
  readonly modelId: string;
  /** Of the models that could be read when it was trained. */
  readonly version: typeof MODEL_VERSION;
  readonly dataSource: DataSource;
  readonly timeframe: Timeframe;
  readonly trainedAt: number;
  readonly trainingMs: number;
  /** Close of the newest candle it may have seen, on the clock of the exchange. */
  readonly cutoff: number;
  /** Close of the newest candle it has seen: of stocks long before, on a Sunday. */
  readonly learnedTo: number;
  readonly symbols: readonly string[];
  readonly candles: number;
  readonly report: PredictionReport;
}

/** Names what was learned: the same candles and seed give the same id. `json` is the model. */
export function modelIdOf(exchange: string, timeframe: Timeframe, json: Uint8Array): string {
  const digest = createHash('sha256').update(json).digest('hex');
  return `${exchange}-${timeframe}-${digest.slice(0, 12)}`;
}

/** Whether this version of the product can predict with a model that was kept. */
export function isCurrent({ version, report, learnedTo }: ModelRecord): boolean {
  const learned = new Set(report.weights.map(({ feature }) => feature));
  return (
    version === MODEL_VERSION &&
    Number.isFinite(learnedTo) && // models of earlier versions did not tell
    learned.size === PREDICTION_FEATURES.length &&
    PREDICTION_FEATURES.every(({ name }) => learned.has(name))
  );
}
