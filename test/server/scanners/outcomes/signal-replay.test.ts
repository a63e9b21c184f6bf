import assert from 'node:assert/strict';
import { createEngine, type Engine } from '@fast-scanner/server/engine.ts';
import { SignalReplayer } from '@fast-scanner/server/scanners/outcomes/signal-replayer.ts';
import { StoredWindows } from '@fast-scanner/server/scanners/outcomes/stored-windows.ts';
import type { SignalRecord } from '@fast-scanner/server/store/signal-record.ts';
import {
  type QuickScanInput,
  quickScanRequestSchema,
  replaySignalResponseSchema,
  runRequestSchema,
  startContinuousRequestSchema,
} from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { MovingClock } from '../../../support/moving-clock.ts';
import { sharedAnalyst } from '../../../support/shared-analyst.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { testConfig } from '../../../support/test-config.ts';

const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT'];
/** A moment at which the simulated market gives a run signals. */
const START = Date.parse('2026-01-07T10:20:00.000Z');

describe('a kept signal, computed again', () => {
  const folder = temporaryFolder();
  const bugs: unknown[] = [];
  let engine: Engine;

  before(async () => {
    const config = testConfig({ dataDir: folder.path, universe: SYMBOLS });
    const clock = new MovingClock(START);
    engine = await createEngine(config, { analyst: sharedAnalyst(), clock, onBug: (bug) => bugs.push(bug) });
    await engine.open();
    await scan({ timeframe: '1h' });
  });
  after(async () => {
    await engine.close();
    assert.deepEqual(bugs, []);
  });

  async function scan(input: QuickScanInput): Promise<void> {
    const request = quickScanRequestSchema.parse({ symbols: SYMBOLS, ...input });
    const { scanId } = await engine.scanner.start(request);
    await eventually(async () => {
      assert.equal((await engine.scanner.summary(scanId))?.status, 'completed');
    });
  }

  function replayer(): SignalReplayer {
    const { store: archive, feeds, clock } = engine;
    return new SignalReplayer({ windows: new StoredWindows({ archive, feeds }), clock });
  }

  async function signals(): Promise<readonly SignalRecord[]> {
    return engine.store.listSignals({ origin: 'scan', timeframe: '1h', limit: 100 });
  }

  it('is kept for every symbol of a scan, with the windows of both phases', async () => {
    const kept = await signals();
    assert.deepEqual(kept.map(({ symbol }) => symbol).sort(), [...SYMBOLS].sort());
    for (const { provenance, candleCloseTime } of kept) {
      const { candles } = provenance;
      assert.deepEqual(
        candles.map(({ timeframe, count }) => [timeframe, count]),
        [
          ['1h', 300],
          ['1h', 500],
          ['15m', 300],
          ['4h', 300],
          ['1d', 300],
        ],
      );
      for (const { timeframe, to } of candles.slice(0, 2)) {
        assert.equal(timeframe, '1h');
        assert.equal(Date.parse(to) + 3_600_000, candleCloseTime);
      }
    }
  });

  it('comes out equal, from the archive when its candles are written and from the source before', async () => {
    for (const record of await signals()) {
      const early = await replayer().replay(record);
      assert.equal(early.verdict, 'equal', early.detail);
    }
    await engine.keeper.flush();
    for (const record of await signals()) {
      const answer = replaySignalResponseSchema.parse(await replayer().replay(record));
      assert.equal(answer.verdict, 'equal', answer.detail);
      assert.equal(answer.candlesFrom, 'archive');
      assert.deepEqual(answer.differences, []);
    }
  });

  it('of phase 1 comes out equal when a later scan of the candle has added its regime', async () => {
    for (const analyze of [false, true]) await scan({ timeframe: '1d', analyze });
    const kept = await engine.store.listSignals({ timeframe: '1d', limit: 100 });
    assert.equal(kept.length, SYMBOLS.length);
    for (const record of kept) {
      assert.notEqual(record.regime, null);
      const { verdict, differences, detail } = await replayer().replay(record);
      assert.deepEqual([verdict, differences], ['equal', []]);
      assert.match(detail, /equal; not computed again: regime, which a later scan/);
    }
  });

  it('says which value differs when it was said otherwise', async () => {
    const [record] = await signals();
    assert.ok(record);
    const answer = await replayer().replay({ ...record, score: record.score / 2 - 1, regime: 'unheard of' });
    assert.equal(answer.verdict, 'differs');
    assert.deepEqual(
      answer.differences.map(({ field }) => field),
      ['regime', 'score'],
    );
    assert.match(answer.detail, /regime, score come out otherwise/);
  });

  it('says that other rules made it', async () => {
    const [record] = await signals();
    assert.ok(record);
    const provenance = { ...record.provenance, rules: { ...record.provenance.rules, quick: 0 } };
    const answer = await replayer().replay({ ...record, provenance });
    assert.deepEqual(answer.differences, [{ field: 'rules.quick', stored: 0, computed: 1 }]);
    assert.match(answer.detail, /rules have changed/);
  });

  it('says that the candles are not the ones it was computed from', async () => {
    const [record] = await signals();
    assert.ok(record);
    const candles = record.provenance.candles.map((used) => ({ ...used, sha256: 'f'.repeat(64) }));
    const answer = await replayer().replay({ ...record, provenance: { ...record.provenance, candles } });
    assert.equal(answer.verdict, 'differs');
    assert.equal(answer.candlesFrom, 'source');
    assert.match(answer.detail, /candles are not the ones/);
  });

  it('is unavailable when nobody has its candles any more', async () => {
    const [record] = await signals();
    assert.ok(record);
    const answer = await replayer().replay({ ...record, symbol: 'GONE/USDT' });
    assert.equal(answer.verdict, 'unavailable');
    assert.match(answer.detail, /kept no more/);
    assert.equal(answer.candlesFrom, null);
  });

  it('of a run and of the continuous scanner comes out equal as well', async () => {
    await engine.runs.start(runRequestSchema.parse({ sniper_mode: 'strike', limit: 20 }));
    await engine.continuous.start(startContinuousRequestSchema.parse({ symbols: SYMBOLS }));
    await eventually(async () => {
      const origins = (await engine.store.listSignals({ limit: 500 })).map(({ origin }) => origin);
      assert.ok(origins.includes('run'), 'a run has signals');
      assert.ok(origins.includes('continuous'), 'the continuous scanner has signals');
    });
    await engine.continuous.stop();
    const others = (await engine.store.listSignals({ limit: 500 })).filter(({ origin }) => origin !== 'scan');
    for (const record of others) {
      const answer = await replayer().replay(record);
      assert.equal(answer.verdict, 'equal', `${record.origin} ${record.symbol}: ${answer.detail}`);
    }
  });
});
