import assert from 'node:assert/strict';
import { ScannerApiError, type ScanResult, type ScanState } from '@fast-scanner/client';
import { useQuickScan, useScan } from '@fast-scanner/client/react';
import { eventually } from '../../support/eventually.ts';
import { hookStage } from './hook-stage.tsx';

const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT', 'XRP/USDT'];

describe('useQuickScan', () => {
  const stage = hookStage({ demoLatencyMs: 2 });

  /** Renders the hook; `states` are all that were shown, each once. */
  function show(scanId?: string) {
    const states: ScanState[] = [];
    const { result, unmount } = stage.render(() => {
      const scan = useQuickScan({ scanId });
      if (states.at(-1) !== scan) states.push(scan);
      return scan;
    });
    return { result, states, unmount };
  }

  it('shows the quick signals at once, fills them in one by one and ends', async () => {
    const { result, states } = show();
    assert.equal(result.current.phase, 'idle');
    const scanId = await result.current.start({ symbols: SYMBOLS });
    assert.deepEqual([result.current.scanId, result.current.signals.length], [scanId, 4]);
    await eventually(() => assert.equal(result.current.phase, 'complete'));
    const { signals, progress, failures, error, scan } = result.current;
    const answer = await stage.client.scan(scanId ?? '').snapshot();
    assert.deepEqual([signals, failures, error, scan], [answer.signals, [], null, answer.scan]);
    const { processed, total, pct, etaSeconds } = progress;
    assert.deepEqual([processed, total, pct, etaSeconds], [4, 4, 100, null]);
    assert.ok(SYMBOLS.includes(progress.current ?? ''));
    const phases = [...new Set(states.map(({ phase }) => phase))];
    assert.deepEqual(phases, ['idle', 'starting', 'analyzing', 'complete']);
    const counts = states.map((state) => state.signals.filter(({ deepAnalysis }) => deepAnalysis).length);
    assert.deepEqual(counts, counts.toSorted(), 'rows only fill in');
    assert.ok(
      counts.some((count) => count > 0 && count < 4),
      'not all at the end',
    );
    assertRowsStay(states);
  });

  it('names symbols that give nothing, and why', async () => {
    const { result } = show();
    await result.current.start({ symbols: ['BTC/USDT', 'NONE/USDT'], analyze: false });
    await eventually(() => assert.equal(result.current.phase, 'complete'));
    const [failure] = result.current.failures;
    assert.deepEqual([failure?.symbol, failure?.reason], ['NONE/USDT', 'symbol_unknown']);
    assert.equal(result.current.signals[0]?.deepAnalysis, null);
  });

  it('shows why a scan could not start, and starts it when it is tried again', async () => {
    const { result } = show();
    assert.equal(await result.current.start({ exchange: 'nowhere' }), null);
    const { phase, error } = result.current;
    assert.ok(error instanceof ScannerApiError && error.requestId !== '');
    assert.deepEqual([phase, error.code, result.current.scanId], ['failed', 'exchange_unknown', null]);
    result.current.retry();
    await eventually(() => assert.notEqual(result.current.error, error));
    await result.current.start({ symbols: ['BTC/USDT'], analyze: false });
    assert.equal(result.current.error, null);
  });

  it('cancels a scan, whether it has an id yet or not', async () => {
    const { result } = show();
    await result.current.start({ limit: 20 });
    const cancelling = result.current.cancel();
    await eventually(() => assert.equal(result.current.isCancelling, true));
    await cancelling;
    await eventually(() => assert.equal(result.current.phase, 'cancelled'));
    assert.deepEqual([result.current.isCancelling, result.current.signals.length], [false, 20]);
    const started = result.current.start({ limit: 20 });
    await eventually(() => assert.equal(result.current.phase, 'starting'));
    await result.current.cancel();
    assert.deepEqual([result.current.phase, await started], ['cancelled', null]);
    const { scans } = await stage.client.scans({ limit: 1 });
    assert.equal((await stage.client.scan(scans[0]?.scanId ?? '').wait()).scan.status, 'cancelled');
  });

  it('goes on with a scan that somebody else started, while it runs and when it has ended', async () => {
    const scan = await stage.client.quickScan({ symbols: SYMBOLS });
    const running = show(scan.scanId);
    await eventually(() => assert.equal(running.result.current.phase, 'complete'));
    assert.ok(running.result.current.signals.every(({ deepAnalysis }) => deepAnalysis !== null));
    running.unmount();
    await eventually(() => assert.equal(stage.client.connectionState, 'idle'));
    const changes: string[] = [];
    stage.client.onConnectionChange((state) => changes.push(state));
    const { result } = stage.render(() => useScan(scan.scanId));
    await eventually(() => assert.equal(result.current.phase, 'complete'));
    assert.deepEqual(result.current.signals, running.result.current.signals);
    assert.deepEqual(changes, [], 'what has ended is read once, without a connection');
  });

  it('is one scan for all components of a name, and still there when they come back', async () => {
    const first = show();
    const second = show();
    const other = stage.render(() => useQuickScan({ name: 'other' }));
    await first.result.current.start({ symbols: SYMBOLS });
    await eventually(() => assert.equal(second.result.current.signals, first.result.current.signals));
    assert.equal(other.result.current.phase, 'idle');
    first.unmount();
    second.unmount();
    await eventually(() => assert.equal(stage.client.connectionState, 'idle', 'nobody looks'));
    const { result } = show();
    assert.equal(result.current.signals.length, 4);
    await eventually(() => assert.equal(result.current.phase, 'complete'));
  });

  it('does not render in a hidden page but for the end', async () => {
    const { result, states } = show();
    await result.current.start({ symbols: SYMBOLS });
    stage.page.hide(true);
    const before = states.length;
    await eventually(() => assert.equal(result.current.phase, 'complete'));
    stage.page.hide(false);
    const counts = states.slice(before).map(({ progress }) => progress.processed);
    assert.deepEqual(
      counts.filter((count) => count > 0 && count < 4),
      [],
    );
    assert.equal(result.current.progress.processed, 4);
  });

  it('says that there is no such scan', async () => {
    const { result } = show('scan_000000000000000000');
    await eventually(() => assert.equal(result.current.phase, 'failed'));
    assert.equal(result.current.error?.code, 'not_found');
  });
});

/** From one state to the next only rows that say something new are other objects. */
function assertRowsStay(states: readonly ScanState[]): void {
  for (const [place, state] of states.entries()) {
    const before = new Map<string, ScanResult>(states[place - 1]?.signals.map((row) => [row.symbol, row]));
    for (const row of state.signals) {
      const known = before.get(row.symbol);
      if (known !== undefined && known !== row) assert.notDeepEqual(known, row);
    }
  }
}
