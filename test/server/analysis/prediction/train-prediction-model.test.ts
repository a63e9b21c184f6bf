import assert from 'node:assert/strict';
import { computeLogIndicators } from '@fast-scanner/server/analysis/log-indicators.ts';
import { predict } from '@fast-scanner/server/analysis/prediction/predict.ts';
import type {
  PredictionModel,
  PredictionReport,
} from '@fast-scanner/server/analysis/prediction/prediction-model.ts';
import {
  type TrainingInput,
  trainPredictionModel,
} from '@fast-scanner/server/analysis/prediction/train-prediction-model.ts';
import { predictionSchema, sliceSeries } from '@fast-scanner/shared';
import { scaleSeries, walkSeries } from '../support/analysis-series.ts';
import { assertClose } from '../support/assert-close.ts';
import { assertFinite } from '../support/assert-finite.ts';
import { createMarket } from './support/markets.ts';

const IS_SOAK = process.env['SOAK'] !== undefined;
const RANDOM_WALKS = IS_SOAK ? 400 : 20;
/** Mean distance of a probability to how often it came true; labels overlap, so few candles leave much of it to chance. */
const CALIBRATION_ERROR = IS_SOAK ? 0.04 : 0.1;

interface Trained {
  readonly model: PredictionModel;
  readonly report: PredictionReport;
}

function train(input: Partial<TrainingInput> & Pick<TrainingInput, 'series'>): Trained {
  const { model, report, reason } = trainPredictionModel({ timeframe: '1h', seed: 1, ...input });
  assert.ok(model, `no model: ${reason}`);
  return { model, report };
}

/** What only the keeper of the models knows. */
const IDENTITY = { modelId: 'demo-1h-0123456789ab', trainedAt: '2026-01-05T00:00:00.000Z' };

/** Symbols whose drift of 0.4 deviations a candle lasts. */
const SYMBOLS = IS_SOAK ? 8 : 4;
const CANDLES = IS_SOAK ? 3_000 : 900;
const planted = createMarket({ seed: 2, symbols: SYMBOLS, count: CANDLES, drift: 0.4 });

describe('a trained prediction model', () => {
  let trained: Trained;

  before(() => {
    trained = train({ series: planted });
  });

  it('finds a planted effect out of sample, and says so', () => {
    const { model, report } = trained;
    assert.ok(model.metrics.auc > 0.6, `AUC ${model.metrics.auc}`);
    assert.ok(model.metrics.brierSkill > 0.05, `skill ${model.metrics.brierSkill}`);
    assert.ok(model.edge);
    assert.match(report.verdict, /^edge: skill \d/);
  });

  it('has calibrated probabilities: what it called likely came true about as often', () => {
    const { reliability } = trained.report;
    const filled = reliability.filter(({ samples }) => samples >= 50);
    assert.ok(filled.length >= 5, 'probabilities spread over several bins');
    const error = reliability.reduce(
      (sum, { samples, meanProbability, observedRate }) =>
        sum +
        (samples * Math.abs((observedRate ?? 0) - (meanProbability ?? 0))) / trained.model.metrics.samples,
      0,
    );
    assert.ok(error < CALIBRATION_ERROR, `a probability is off by ${error} on average`);
  });

  it('keeps the family with the better out-of-sample Brier score, and says so', () => {
    const { families, chosen, choice } = trained.report;
    const scores = families.map(({ family, brier }) => ({ family, brier }));
    const best = scores.toSorted((left, right) => left.brier - right.brier)[0];
    assert.equal(families.length, 2);
    assert.equal(chosen, best?.family);
    for (const { brier } of scores) assert.ok(choice.includes(brier.toFixed(5)), choice);
    assert.equal(trained.model.metrics.brier, best?.brier);
  });

  it('reports what it learned from and what it was judged on', () => {
    const { report, model } = trained;
    assertFinite(report);
    assert.equal(report.symbols, SYMBOLS);
    // 200 candles of warm-up; the last ones are not decided yet, at most 24 of each symbol.
    const afterWarmup = SYMBOLS * (CANDLES - 200);
    assert.ok(report.samples >= afterWarmup - SYMBOLS * 24 && report.samples < afterWarmup);
    assert.equal(report.samples, model.samples);
    assert.equal(report.folds.length, 4);
    const judged = report.folds.reduce((sum, { metrics }) => sum + metrics.samples, 0);
    assert.equal(judged, model.metrics.samples);
    assert.equal(
      report.reliability.reduce((sum, { samples }) => sum + samples, 0),
      judged,
    );
    assert.equal(report.from, planted[0]?.openTime[200]);
    assert.deepEqual(
      report.weights.map(({ weight }) => Math.abs(weight)),
      report.weights.map(({ weight }) => Math.abs(weight)).toSorted((left, right) => right - left),
    );
    assert.deepEqual(report.weights.map(({ feature }) => feature).toSorted(), [...model.features].toSorted());
  });

  it('predicts each symbol with a probability of the contract', () => {
    const newest = planted.map((series) => predict(trained.model, series).prediction);
    for (const prediction of newest) {
      predictionSchema.parse({ ...prediction, ...IDENTITY });
      assert.equal(prediction?.edge, true);
    }
    assert.equal(new Set(newest.map((prediction) => prediction?.probabilityUp)).size, planted.length);
  });

  it('names the prices that decide: as far from the close as the labels it learned from', () => {
    const [series = walkSeries({ seed: 1, count: 900 })] = planted;
    const { prediction } = predict(trained.model, series);
    assert.ok(prediction);
    const { closePrice, upPrice, downPrice, verdict } = prediction;
    const distance = trained.model.barrierAtrs * (computeLogIndicators(series).atr.at(-1) ?? Number.NaN);
    assert.equal(closePrice, series.close.at(-1));
    assertClose(Math.log(upPrice / closePrice), distance, 1e-12);
    assertClose(Math.log(closePrice / downPrice), distance, 1e-12);
    assert.equal(verdict, trained.report.verdict);
  });

  it('predicts the same of multiplied prices, and nearly the same of fewer candles', () => {
    const [series = walkSeries({ seed: 1, count: 900 })] = planted;
    const of = (candles: typeof series) => predict(trained.model, candles).prediction?.probabilityUp ?? null;
    assertClose(of(scaleSeries(series, 1e-6)), of(series) ?? Number.NaN, 1e-5);
    assertClose(of(sliceSeries(series, -300)), of(series) ?? Number.NaN, 0.02);
  });

  it('survives JSON: the copy predicts the same', () => {
    const copy = JSON.parse(JSON.stringify(trained.model)) as PredictionModel; // what it was before it was text
    assert.deepEqual(copy, trained.model);
    for (const series of planted) assert.deepEqual(predict(copy, series), predict(trained.model, series));
  });

  it('is the same for the same candles and seed', () => {
    const series = createMarket({ seed: 7, symbols: 1, count: 900 });
    assert.deepEqual(train({ series, seed: 9 }), train({ series, seed: 9 }));
  });

  it('predicts nothing once the features are others than those it was trained with', () => {
    const [series = walkSeries({ seed: 1, count: 900 })] = planted;
    const [first = '', second = '', ...others] = trained.model.features;
    for (const features of [[second, first, ...others], [first], [first, second, ...others, 'more']]) {
      assert.match(predict({ ...trained.model, features }, series).reason ?? '', /has to be trained again$/);
    }
  });

  it('predicts nothing without enough candles, movement or the right timeframe, and says why', () => {
    const reasonFor = (series: Parameters<typeof predict>[1]) => predict(trained.model, series).reason ?? '';
    const [series = walkSeries({ seed: 1, count: 900 })] = planted;
    assert.match(reasonFor(sliceSeries(series, 0, 200)), /200 closed 1h candles.* at least 201/);
    assert.match(reasonFor({ ...series, timeframe: '4h' }), /the model is for 1h candles, not for 4h/);
    assert.match(
      reasonFor({ ...series, volume: series.volume.map(() => 0) }),
      /S0\/USDT has no volume_ratio/,
    );
  });
});

describe('the training of prediction models', () => {
  it(`finds no edge in random walks: in at least 95 % of ${RANDOM_WALKS} seeds`, () => {
    const edges: number[] = [];
    for (let seed = 1; seed <= RANDOM_WALKS; seed += 1) {
      const { model } = trainPredictionModel({
        series: createMarket({ seed, symbols: 1, count: 900 }),
        timeframe: '1h',
        seed,
      });
      if (model?.edge) edges.push(seed);
    }
    assert.ok(edges.length <= 0.05 * RANDOM_WALKS, `an edge with the seeds ${edges.join(', ')}`);
  }).timeout(RANDOM_WALKS * 1_000);

  it('says in words that there is no edge', () => {
    const { model, report } = train({ series: createMarket({ seed: 4, symbols: 1, count: 1_000 }) });
    assert.equal(model.edge, false);
    assert.match(
      report.verdict,
      /^no edge: skill -?\d.*out-of-sample Brier score 0\.\d+ against 0\.\d+ of the base rate$/,
    );
  });

  it('gives no model below 500 samples, with the reason', () => {
    const { model, reason } = trainPredictionModel({
      series: createMarket({ seed: 1, symbols: 2, count: 300 }),
      timeframe: '1h',
      seed: 1,
    });
    assert.equal(model, null);
    assert.match(
      reason ?? '',
      /^1\d\d labelled samples from 600 1h candles of 2 symbols; a model needs at least 500$/,
    );
  });

  it('gives no model of many symbols over a moment, nor of a history with one outcome', () => {
    const short = trainPredictionModel({
      series: createMarket({ seed: 1, symbols: 20, count: 260 }),
      timeframe: '1h',
      seed: 1,
    });
    assert.match(short.reason ?? '', /span too little time/);
    const rising = trainPredictionModel({
      series: createMarket({ seed: 3, symbols: 1, count: 900 }).map((series) => {
        const up = (prices: Float64Array) => prices.map((price, i) => price * 1.2 ** i);
        return {
          ...series,
          open: up(series.open),
          high: up(series.high),
          low: up(series.low),
          close: up(series.close),
        };
      }),
      timeframe: '1h',
      seed: 1,
    });
    assert.match(rising.reason ?? '', /same outcome/);
  });

  it('skips candles evenly when there are more than it may learn from', () => {
    const series = createMarket({ seed: 6, symbols: 2, count: 1_100 });
    const { report } = train({ series, options: { maxSamples: 1_100 } });
    assert.ok(report.samples > 850 && report.samples < 900, `${report.samples} samples`);
  });

  it('no series at all is too few samples', () => {
    const { reason } = trainPredictionModel({ series: [], timeframe: '1h', seed: 1 });
    assert.match(reason ?? '', /^0 labelled samples/);
  });
});
