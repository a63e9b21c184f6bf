import type { CandleSeries } from '@fast-scanner/shared';
import { computeLogIndicators } from '../log-indicators.ts';
import { computeFeatureMatrix, type FeatureColumns, isCompleteRow } from './feature-matrix.ts';
import { PREDICTION_FEATURES, type PredictionFeature } from './prediction-features.ts';
import type { PredictionOptions } from './prediction-options.ts';
import { labelTripleBarrier } from './triple-barrier.ts';

/** Labelled rows of all symbols, oldest first; rows of one time in the order of the series given. */
export interface SampleSet {
  readonly length: number;
  readonly features: FeatureColumns;
  /** 1 up, 0 not. */
  readonly label: Uint8Array;
  /** Open time of the candle the sample is about, epoch ms UTC. */
  readonly time: Float64Array;
  /** Open time of the candle that decided the label. */
  readonly endTime: Float64Array;
  /** Symbols that gave at least one sample. */
  readonly symbols: number;
}

/** The rows one series gives. */
interface SeriesSamples {
  readonly rows: Uint32Array;
  readonly features: FeatureColumns;
  readonly label: Float64Array;
  readonly time: Float64Array;
  readonly endTime: Float64Array;
}

/**
 * The samples of all series: each candle whose features are complete and whose label is decided. The rows of a series that has none
 * are simply missing. The features are those of the table unless another one is given.
 */
export function gatherSamples(
  series: readonly CandleSeries[],
  options: PredictionOptions,
  features: readonly PredictionFeature[] = PREDICTION_FEATURES,
): SampleSet {
  const candles = series.reduce((sum, { length }) => sum + length, 0);
  const stride = Math.max(1, Math.ceil(candles / options.maxSamples));
  const parts = series.map((one) => samplesOf(one, { options, features, stride }));
  return merge(parts, features.length);
}

function samplesOf(
  series: CandleSeries,
  context: {
    readonly options: PredictionOptions;
    readonly features: readonly PredictionFeature[];
    readonly stride: number;
  },
): SeriesSamples {
  const { options, features, stride } = context;
  const indicators = computeLogIndicators(series);
  const columns = computeFeatureMatrix(series, { features, indicators });
  const { label, endIndex } = labelTripleBarrier(indicators.candles, indicators.atr, {
    distance: options.barrierAtrs,
    horizonCandles: options.horizonCandles,
  });
  const rows = Uint32Array.from(series.openTime.keys()).filter(
    (row) => row % stride === 0 && Number.isFinite(label[row] ?? Number.NaN) && isCompleteRow(columns, row),
  );
  const endTime = endIndex.map((end) => series.openTime[end] ?? Number.NaN);
  return { rows, features: columns, label, time: series.openTime, endTime };
}

/** Puts the rows of all series in the order of time. */
function merge(parts: readonly SeriesSamples[], width: number): SampleSet {
  const length = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  const place = placesByTime(parts, length);
  const label = new Uint8Array(length);
  const time = new Float64Array(length);
  const endTime = new Float64Array(length);
  const features = Array.from({ length: width }, () => new Float32Array(length));
  let first = 0;
  for (const part of parts) {
    const places = place.subarray(first, first + part.rows.length);
    scatter(part, places, { target: label, source: part.label });
    scatter(part, places, { target: time, source: part.time });
    scatter(part, places, { target: endTime, source: part.endTime });
    for (const [index, target] of features.entries()) {
      const source = part.features[index];
      if (source) scatter(part, places, { target, source });
    }
    first += part.rows.length;
  }
  const symbols = parts.filter(({ rows }) => rows.length > 0).length;
  return { length, features, label, time, endTime, symbols };
}

type NumberColumn = Float64Array | Float32Array | Uint8Array;

function scatter(
  { rows }: SeriesSamples,
  places: Uint32Array,
  { target, source }: { readonly target: NumberColumn; readonly source: NumberColumn },
): void {
  for (let i = 0; i < rows.length; i += 1) target[places[i] ?? 0] = source[rows[i] ?? 0] ?? Number.NaN;
}

/** For each row, series after series, its place among all rows when they are sorted by time. */
function placesByTime(parts: readonly SeriesSamples[], length: number): Uint32Array {
  const times = new Float64Array(length);
  let next = 0;
  for (const { rows, time } of parts) {
    for (const row of rows) {
      times[next] = time[row] ?? Number.NaN;
      next += 1;
    }
  }
  const order = Uint32Array.from(times.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  const places = new Uint32Array(length);
  for (let place = 0; place < length; place += 1) places[order[place] ?? 0] = place;
  return places;
}
