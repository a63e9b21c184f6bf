import assert from 'node:assert/strict';
import { judgeSymbol } from '@fast-scanner/server/scanners/scan-runs/judge-symbol.ts';
import { compareRuns } from '@fast-scanner/server/scanners/scan-runs/run-diff.ts';
import type { RunItem } from '@fast-scanner/server/scanners/scan-runs/run-record.ts';
import { runDiffResponseSchema } from '@fast-scanner/shared';
import fc from 'fast-check';
import { Gate } from '../../../support/gate.ts';
import { completeRunLog } from '../../../support/run-log.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { deepOf, LONG_PLAN, SHORT_PLAN } from './deep-analyses.ts';
import { openRunWorld, runToEnd, startRun } from './run-world.ts';

type Side = 'long' | 'short';

/** A symbol's outcome: a signal when its score reaches 65. */
function item(coin: string, score: number, side: Side = 'long'): RunItem {
  const symbol = `${coin}/USDT`;
  const deep = deepOf({ score, plan: side === 'long' ? LONG_PLAN : SHORT_PLAN });
  const rules = { mode: 'recon', minScore: 65, leverage: 1 } as const;
  return {
    ...judgeSymbol({ symbol, deep, price: 100, asOf: 0, tickSize: null }, rules),
    symbol,
    position: 0,
  };
}

describe('what changed from one run to another', () => {
  it('is told as new, flipped, stronger, weaker and dropped, best first, dropped last', () => {
    const before = [item('A', 70), item('B', 80), item('C', 90), item('D', 70), item('E', 75), item('F', 60)];
    const after = [item('A', 75), item('B', 75), item('C', 70, 'short'), item('D', 64.96), item('F', 66)];
    const changes = compareRuns(before, after).map(({ symbol, change, from, to, delta }) => [
      symbol.slice(0, 1),
      change,
      from,
      to,
      delta,
    ]);
    assert.deepEqual(changes, [
      ['A', 'stronger', '70.0', '75.0', 5],
      ['B', 'weaker', '80.0', '75.0', -5],
      ['C', 'flipped', 'LONG', 'SHORT', null],
      ['F', 'new', null, 'LONG', null],
      ['E', 'dropped', 'LONG', null, null],
      ['D', 'dropped', 'LONG', null, null],
    ]);
  });

  it('gives the reason of the later run for what it dropped', () => {
    const before = [item('A', 80), item('B', 70)];
    const details = compareRuns(before, [item('A', 60)]).map(({ detail }) => detail);
    assert.deepEqual(details, [
      'A/USDT is no signal any more: scores 60.0, below the minimum 65',
      'B/USDT is no signal any more: the later run did not look at it',
    ]);
  });

  it('is nothing below five points', () => {
    assert.deepEqual(compareRuns([item('A', 70), item('B', 75)], [item('A', 74.9), item('B', 70.1)]), []);
  });

  it('is nothing between a run and itself, and back again what it was before', () => {
    const items = fc.uniqueArray(
      fc.record({
        coin: fc.constantFrom(...'ABCDE'),
        score: fc.integer({ min: 55, max: 95 }),
        side: fc.constantFrom<Side>('long', 'short'),
      }),
      { selector: ({ coin }) => coin },
    );
    const opposite = {
      new: 'dropped',
      dropped: 'new',
      stronger: 'weaker',
      weaker: 'stronger',
      flipped: 'flipped',
    };
    const law = fc.property(items, items, (some, others) => {
      const [before, after] = [some, others].map((list) =>
        list.map((one) => item(one.coin, one.score, one.side)),
      );
      assert.deepEqual(compareRuns(before ?? [], before ?? []), []);
      const there = compareRuns(before ?? [], after ?? []).map(
        ({ symbol, change }) => `${symbol} ${opposite[change]}`,
      );
      const back = compareRuns(after ?? [], before ?? []).map(({ symbol, change }) => `${symbol} ${change}`);
      assert.deepEqual(there.sort(), back.sort());
    });
    fc.assert(law, { numRuns: 40 });
  });

  describe('of the store', () => {
    const folder = temporaryFolder();

    it('is read from both runs once they have ended', async () => {
      const world = await openRunWorld({ dataDir: folder.path });
      const [all, strict] = [await runToEnd(world.engine), await runToEnd(world.engine, { min_score: 80 })];
      const diff = runDiffResponseSchema.parse(await world.engine.runs.diff(all.run_id, strict.run_id));
      assert.deepEqual([diff.from, diff.to], [all.run_id, strict.run_id]);
      assert.deepEqual(
        diff.changes.map(({ symbol, change, detail }) => [symbol, change, detail]),
        [['ETH/USDT', 'dropped', 'ETH/USDT is no signal any more: scores 68.0, below the minimum 80']],
      );
      const back = await world.engine.runs.diff(strict.run_id, all.run_id);
      assert.deepEqual(
        back.changes.map(({ detail }) => detail),
        ['ETH/USDT is new: LONG with 68.1'],
      );
      const gate = new Gate();
      world.source.fetchTickers = async () => {
        await gate.pass();
        return new Map();
      };
      const running = await startRun(world.engine, { symbols: undefined });
      await assert.rejects(world.engine.runs.diff(all.run_id, running), {
        code: 'conflict',
        message: /is (queued|running); wait for its end/,
      });
      gate.open();
      await completeRunLog(world.engine, running);
      await world.engine.close();
      assert.deepEqual(world.bugs, []);
    });
  });
});
