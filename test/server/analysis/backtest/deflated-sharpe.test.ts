import assert from 'node:assert/strict';
import {
  computeDeflatedSharpe,
  deflateBestSharpe,
} from '@fast-scanner/server/analysis/backtest/deflated-sharpe.ts';
import { computeMoments } from '@fast-scanner/server/analysis/backtest/moments.ts';
import {
  normalProbability,
  normalQuantile,
} from '@fast-scanner/server/analysis/backtest/normal-distribution.ts';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';
import { assertClose } from '../support/assert-close.ts';

/** The example of the paper: 100 variants, five years of daily returns, the best with an annual Sharpe ratio of 2.5. */
const PAPER = {
  sharpe: 2.5 / Math.sqrt(250),
  observations: 1_250,
  skewness: -3,
  kurtosis: 10,
  trials: 100,
  sharpeVariance: 0.5 / 250,
};

function noise(seed: number, mean = 0): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: 500 }, () => mean + 0.02 * (random() - 0.5));
}

describe('the deflated Sharpe ratio', () => {
  it('equals the example of Bailey and López de Prado: 0.1132 to beat, probability 0.9004', () => {
    const deflated = computeDeflatedSharpe(PAPER);
    assertClose(deflated?.expectedMaximum ?? null, 0.1132, 5e-5);
    assertClose(deflated?.probability ?? null, 0.9004, 5e-5);
  });

  it('equals their second one: with 46 variants the probability is 0.9505', () => {
    assertClose(computeDeflatedSharpe({ ...PAPER, trials: 46 })?.probability ?? null, 0.9505, 5e-5);
  });

  it('of a single trial has nothing to deflate: the probability of a true Sharpe ratio above zero', () => {
    const normal = { ...PAPER, skewness: 0, kurtosis: 3, trials: 1, sharpe: 0.05, observations: 1_001 };
    const deflated = computeDeflatedSharpe(normal);
    assert.equal(deflated?.expectedMaximum, 0);
    assertClose(
      deflated?.probability ?? null,
      normalProbability((0.05 * Math.sqrt(1_000)) / Math.sqrt(1 + 0.5 * 0.0025)),
      1e-15,
    );
  });

  it('falls with every further variant', () => {
    const probabilities = [1, 2, 5, 20, 100, 1_000].map(
      (trials) => computeDeflatedSharpe({ ...PAPER, trials })?.probability ?? Number.NaN,
    );
    assert.deepEqual(
      probabilities.toSorted((left, right) => right - left),
      probabilities,
    );
    assert.equal(new Set(probabilities).size, 6);
  });

  it('the best of many variants of noise does not convince, a real edge among few does', () => {
    const noises = Array.from({ length: 50 }, (_, seed) => noise(seed + 1));
    const lucky = deflateBestSharpe(noises);
    assert.ok(lucky && lucky.probability < 0.95, `${lucky?.probability}`);
    const naive = computeDeflatedSharpe({
      sharpe: Math.max(...noises.map(computeMoments).map(({ mean, deviation }) => mean / deviation)),
      observations: 500,
      skewness: 0,
      kurtosis: 3,
      trials: 1,
      sharpeVariance: 0,
    });
    assert.ok(naive && naive.probability > 0.95, 'taken alone it would have convinced');
    const real = deflateBestSharpe([noise(1), noise(2), noise(3, 0.002)]);
    assert.ok(real && real.probability > 0.95, `${real?.probability}`);
  });

  it('may be asked for a variant that was chosen by other reasons', () => {
    const variants = [noise(1), noise(2), noise(3, 0.002)];
    const sharpes = variants.map(computeMoments).map(({ mean, deviation }) => mean / deviation);
    const moments = computeMoments(noise(2));
    const expected = computeDeflatedSharpe({
      ...moments,
      sharpe: sharpes[1] ?? Number.NaN,
      observations: 500,
      trials: 3,
      sharpeVariance: computeMoments(Float64Array.from(sharpes)).deviation ** 2,
    });
    assert.deepEqual(deflateBestSharpe(variants, 1), expected);
    assert.equal(deflateBestSharpe(variants, 3), null);
  });

  it('is null where there is nothing to say', () => {
    assert.equal(deflateBestSharpe([]), null);
    assert.equal(deflateBestSharpe([new Float64Array(10)]), null);
    assert.equal(computeDeflatedSharpe({ ...PAPER, observations: 1 }), null);
    assert.equal(computeDeflatedSharpe({ ...PAPER, trials: 0 }), null);
    assert.equal(computeDeflatedSharpe({ ...PAPER, skewness: 100 }), null);
  });
});

describe('the normal distribution', () => {
  it('equals tables', () => {
    assert.equal(normalProbability(0), 0.5);
    assertClose(normalProbability(1), 0.841344746068543, 1e-14);
    assertClose(normalProbability(-1.96), 0.02499789514822, 1e-14);
    assertClose(normalProbability(5), 0.999999713348428, 1e-14);
    assert.deepEqual([normalProbability(-40), normalProbability(40)], [0, 1]);
    assertClose(normalQuantile(0.975), 1.959963984540054, 1e-12);
    assertClose(normalQuantile(0.01), -2.326347874040841, 1e-12);
    assert.deepEqual(
      [normalQuantile(0), normalQuantile(1)],
      [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    );
  });
});

describe('moments', () => {
  it('of a small sample are what the hand computes', () => {
    const { count, mean, deviation, skewness, kurtosis } = computeMoments(Float64Array.of(1, 2, 3, 10));
    assert.deepEqual([count, mean], [4, 4]);
    assertClose(deviation, Math.sqrt(50 / 3), 1e-12);
    assertClose(skewness, 180 / 4 / 12.5 ** 1.5, 1e-12);
    assertClose(kurtosis, (81 + 16 + 1 + 1_296) / 4 / 12.5 ** 2, 1e-12);
  });
});
