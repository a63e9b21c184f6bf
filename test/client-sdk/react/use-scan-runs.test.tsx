import assert from 'node:assert/strict';
import type { RunState } from '@fast-scanner/client';
import { useScanRun, useScanRuns } from '@fast-scanner/client/react';
import { eventually } from '../../support/eventually.ts';
import { hookStage } from './hook-stage.tsx';

describe('useScanRun and useScanRuns', () => {
  const stage = hookStage({ demoLatencyMs: 2 });

  function showRun(runId?: string) {
    const states: RunState[] = [];
    const { result } = stage.render(() => {
      const run = useScanRun({ runId, name: runId });
      states.push(run);
      return run;
    });
    return { result, states };
  }

  it('follow a run symbol by symbol to what the server says of it in the end', async () => {
    const { result, states } = showRun();
    const runId = await result.current.start({ limit: 4, sniper_mode: 'surgical' });
    await eventually(() => assert.equal(result.current.phase, 'complete'));
    const { signals, rejections, metadata, progress, mode, exchange } = result.current;
    const answer = await stage.client.runs.get(runId ?? '');
    assert.deepEqual([signals, metadata], [answer.signals, answer.metadata]);
    assert.deepEqual(rejections.by_reason, answer.rejections?.by_reason);
    assert.equal(rejections.total_rejected, answer.rejections?.total_rejected);
    assert.deepEqual(
      [mode, exchange, progress.processed, progress.total, progress.pct],
      ['surgical', 'demo', 4, 4, 100],
    );
    const counts = states.map((state) => state.progress.processed);
    assert.deepEqual(counts, counts.toSorted());
    const late = showRun(runId ?? '');
    await eventually(() => assert.equal(late.result.current.phase, 'complete'));
    assert.deepEqual([late.result.current.signals, late.result.current.metadata], [signals, metadata]);
  });

  it('show why a run was refused, field by field', async () => {
    const { result } = showRun();
    assert.equal(await result.current.start({ majors: false, altcoins: false, meme_mode: false }), null);
    const { error } = result.current;
    assert.ok(error && 'problem' in error);
    assert.equal(error.problem.errors?.[0]?.pointer, '/majors');
  });

  it('cancel a run', async () => {
    const { result } = showRun();
    await result.current.start({ limit: 50 });
    await eventually(() => assert.equal(result.current.phase, 'running'));
    await result.current.cancel();
    await eventually(() => assert.equal(result.current.phase, 'cancelled'));
    assert.equal(result.current.error, null);
  });

  it('keep the history true as runs come and end, page by page', async () => {
    const { result } = stage.render(() => useScanRuns({ limit: 2, mode: 'ghost' }));
    await eventually(() => assert.equal(result.current.isLoading, false));
    assert.deepEqual([result.current.runs, result.current.hasMore], [[], false]);
    const ids: string[] = [];
    for (const limit of [1, 2, 3]) {
      const run = await stage.client.runs.start({ limit, sniper_mode: 'ghost' });
      await run.wait();
      ids.unshift(run.runId);
    }
    await stage.client.runs.start({ limit: 1, sniper_mode: 'recon' });
    const shown = () => result.current.runs.map(({ run_id, status }) => `${run_id} ${status}`);
    const expected = ids.map((id) => `${id} completed`);
    await eventually(() => assert.deepEqual(shown(), expected));
    const again = stage.render(() => useScanRuns({ mode: 'ghost', limit: 2, status: 'completed' }));
    await eventually(() => assert.equal(again.result.current.hasMore, true));
    assert.equal(again.result.current.runs.length, 2);
    await again.result.current.loadMore();
    await eventually(() =>
      assert.deepEqual(
        again.result.current.runs.map(({ run_id }) => run_id),
        ids,
      ),
    );
    assert.equal(again.result.current.hasMore, false);
  });

  it('ask the server whether a run holds the text that is looked for', async () => {
    const { result } = stage.render(() => useScanRuns({ q: 'DOGE' }));
    await eventually(() => assert.equal(result.current.isLoading, false));
    const run = await stage.client.runs.start({ symbols: ['DOGE/USDT'] });
    await stage.client.runs.start({ symbols: ['BTC/USDT'] });
    await eventually(() =>
      assert.deepEqual(
        result.current.runs.map(({ run_id }) => run_id),
        [run.runId],
      ),
    );
  });
});
