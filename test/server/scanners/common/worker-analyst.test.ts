import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { AnalysisTask, Analyst } from '@fast-scanner/server/scanners/common/analyst.ts';
import { createWorkerAnalyst } from '@fast-scanner/server/scanners/common/worker-analyst.ts';
import { randomSeries } from '../../../support/random-series.ts';

const BAD_WORKER = new URL('../../../support/bad-analysis-worker.mjs', import.meta.url);

/** The bad worker misbehaves as the symbol's name says. */
function taskFor(symbol: string): AnalysisTask {
  const primary = randomSeries({ symbol, count: 300, newestOpenTime: Date.UTC(2026, 0, 5, 12) });
  const timeframes = [{ timeframe: '1h' as const, series: primary, detail: null }];
  return { primary, timeframes, tickSize: null, prediction: { model: null, reason: 'none' } };
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

describe('the worker analyst', () => {
  let analyst: Analyst;
  const never = new AbortController().signal;

  before(() => {
    analyst = createWorkerAnalyst({ threads: 1, entry: BAD_WORKER, timeoutMs: 1000 });
  });
  after(() => analyst.close());

  for (const way of ['THROW', 'EXIT', 'MEMORY']) {
    it(`survives a thread that ends by ${way}`, async () => {
      await assert.rejects(analyst.analyze(taskFor(way), never), { code: 'worker_crashed' });
      assert.equal((await analyst.analyze(taskFor('GOOD'), never)).direction, 'none');
    });
  }

  it('stops a thread that loops for ever and stays responsive meanwhile', async () => {
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
      if (turns === 1) collectGarbage(); // the time limit must not be garbage
    }, 10);
    await assert.rejects(analyst.analyze(taskFor('LOOP'), never), { code: 'worker_crashed' });
    clearInterval(ticking);
    assert.ok(turns > 15, `the event loop turned only ${turns} times`);
    assert.equal((await analyst.analyze(taskFor('GOOD'), never)).direction, 'none');
  });

  it('passes a typed refusal on', async () => {
    await assert.rejects(analyst.analyze(taskFor('SHORT'), never), { code: 'insufficient_data' });
  });
});
