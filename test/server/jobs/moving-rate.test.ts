import assert from 'node:assert/strict';
import { MovingRate } from '@fast-scanner/server/jobs/moving-rate.ts';
import fc from 'fast-check';

describe('the moving rate', () => {
  it('says how long is left at the pace of the last steps', () => {
    const rate = new MovingRate(1_000);
    assert.equal(rate.etaSeconds(2_000, 5, 20), 4);
    assert.equal(rate.etaSeconds(4_000, 15, 10), 2);
    assert.equal(rate.etaSeconds(5_000, 25, 0), 0);
  });

  it('is unknown while nothing is done', () => {
    const rate = new MovingRate(0);
    assert.equal(rate.etaSeconds(9_000, 0, 10), null);
    assert.equal(rate.etaSeconds(10_000, 1, 9), 90);
  });

  it('forgets how fast it once was: twenty steps later only those count', () => {
    const rate = new MovingRate(0);
    for (let step = 1; step <= 50; step += 1) rate.etaSeconds(10 * step, step, 100);
    for (let step = 51; step <= 70; step += 1) rate.etaSeconds(500 + 1_000 * (step - 50), step, 100);
    assert.equal(rate.etaSeconds(21_500, 71, 10), 10);
  });

  it('is right for any steady work, whatever the size of the steps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 5_000 }),
        (steps, msEach) => {
          const total = steps.reduce((sum, size) => sum + size, 0);
          const rate = new MovingRate(0);
          let done = 0;
          for (const size of steps) {
            done += size;
            const eta = rate.etaSeconds(done * msEach, done, total - done);
            assert.equal(eta, ((total - done) * msEach) / 1_000);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
