import assert from 'node:assert/strict';
import { calibrate, fitCalibration } from '@fast-scanner/server/analysis/prediction/calibration.ts';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';
import { assertClose } from '../support/assert-close.ts';

const sigmoid = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

/** Rows whose true log odds are `truth(said)`. */
function heldOut(truth: (said: number) => number, count = 20_000) {
  const random = seededRandom(12);
  const logOdds = Float64Array.from({ length: count }, () => 4 * random() - 2);
  const label = Uint8Array.from(logOdds, (said) => Number(random() < sigmoid(truth(said))));
  return { logOdds, label };
}

describe('the calibration', () => {
  it('leaves a model alone that is right', () => {
    const { center, slope } = fitCalibration(
      heldOut((said) => said),
      0.5,
    );
    assert.equal(center, 0);
    assertClose(slope, 1, 0.05);
  });

  it('takes the belief from a model that is too sure of itself', () => {
    const calibration = fitCalibration(
      heldOut((said) => said / 4),
      0.5,
    );
    assertClose(calibration.slope, 0.25, 0.03);
    assertClose(calibrate(calibration, 2), sigmoid(0.5), 0.02);
  });

  it('gives the base rate when the model knows less than nothing', () => {
    const calibration = fitCalibration(
      heldOut((said) => -said),
      0.4,
    );
    assert.equal(calibration.slope, 0);
    for (const said of [-3, 0, 5]) assertClose(calibrate(calibration, said), 0.4, 1e-12);
  });

  it('keeps the order of what the model said', () => {
    const calibration = fitCalibration(
      heldOut((said) => said / 2),
      0.55,
    );
    const probabilities = [-2, -1, 0, 1, 2].map((said) => calibrate(calibration, said));
    assert.deepEqual(
      probabilities,
      probabilities.toSorted((left, right) => left - right),
    );
  });

  it('stays finite where the model separates the labels', () => {
    const calibration = fitCalibration(
      { logOdds: Float64Array.of(-1, -2, 1, 2), label: Uint8Array.of(0, 0, 1, 1) },
      0.5,
    );
    assert.ok(Number.isFinite(calibration.slope) && calibration.slope > 1);
  });
});
