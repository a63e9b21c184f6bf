import assert from 'node:assert/strict';
import type { ScanState } from '@fast-scanner/client';
import { useQuickScan } from '@fast-scanner/client/react';
import { eventually } from '../../support/eventually.ts';
import { hookStage } from './hook-stage.tsx';

describe('useQuickScan', () => {
  const stage = hookStage({ demoLatencyMs: 5 });

  it('shows the quick signals at once, fills them in and ends', async () => {
    const states: ScanState[] = [];
    const { result } = stage.render(() => {
      const scan = useQuickScan();
      states.push(scan);
      return scan;
    });
    assert.equal(result.current.phase, 'idle');
    const scanId = await result.current.start({ limit: 4 });
    await eventually(() => assert.equal(result.current.phase, 'complete'));
    const { signals, progress, failures, error } = result.current;
    assert.equal(result.current.scanId, scanId);
    console.log(states.map(s => [s.phase, s.signals.length, s.signals.filter(r => r.deepAnalysis).length, s.progress.processed]));
    assert.deepEqual([signals.length, failures, error], [4, [], null]);
    assert.ok(signals.every(({ deepAnalysis, status }) => deepAnalysis && status === 'complete'));
    console.log(progress, result.current.scan);
  });
});
