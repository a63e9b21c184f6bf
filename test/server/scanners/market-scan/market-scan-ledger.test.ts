import assert from 'node:assert/strict';
import { MarketScanLedger } from '@fast-scanner/server/scanners/market-scan/market-scan-ledger.ts';
import {
  INITIAL_STATE,
  type MarketScanItem,
  toMarketScanJob,
} from '@fast-scanner/server/scanners/market-scan/market-scan-record.ts';
import { ScannerError } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { completeMarketLog, marketEndOf } from '../../../support/market-scan-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { holdBack, openMarketWorld, STOCKS, startScan } from './market-world.ts';

const UNIVERSE = { name: 'two stocks', asOf: null, tickers: ['AAPL', 'GE'], caveats: [] };
const RANGE = { from: 0, to: 1 };
const STEP = { ticker: 'AAPL', stockMs: 5, etaSeconds: 1 };

function failed(ticker: string): MarketScanItem {
  const failure = { ticker, error: 'no luck', code: 'no_data' as const };
  return { status: 'failed', ticker, position: UNIVERSE.tickers.indexOf(ticker), failure };
}

describe('the ledger of a market scan', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let ledger: MarketScanLedger;

  beforeEach(async () => {
    world = await openMarketWorld({ dataDir: `${folder.path}/${Math.random()}` });
    holdBack(world, () => true);
    const id = await startScan(world.engine, { tickers: UNIVERSE.tickers });
    await eventually(async () => assert.equal((await world.engine.marketScans.job(id))?.status, 'running'));
    const record = await world.engine.store.getJob(id);
    assert.ok(record);
    const job = { ...toMarketScanJob(record), state: INITIAL_STATE };
    ledger = new MarketScanLedger(job, [], world.engine); // one of its own beside the engine's, which waits for the gate
    await ledger.begin();
  });
  afterEach(() => world.engine.close());

  const stored = async () => {
    const record = await world.engine.store.getJob(ledger.job.id);
    assert.ok(record);
    return toMarketScanJob(record).state;
  };

  it('loses nothing when it says that it is alive while it is being written', async () => {
    await Promise.all([ledger.choose(UNIVERSE, RANGE), ledger.beat()]);
    await Promise.all([
      ledger.record([failed('AAPL')], STEP),
      ledger.beat(),
      ledger.record([failed('GE')], STEP),
    ]);
    const { universe, range, failed: count, etaSeconds } = await stored();
    assert.deepEqual(
      { universe, range, count, etaSeconds },
      { universe: UNIVERSE, range: RANGE, count: 2, etaSeconds: 1 },
    );
    assert.deepEqual(await stored(), ledger.job.state);
  });

  it('does not know what the store refused', async () => {
    await ledger.choose(UNIVERSE, RANGE);
    await ledger.record([failed('AAPL')], STEP);
    const { store } = world.engine;
    const { commit } = store;
    store.commit = () => Promise.reject(new ScannerError('disk_full', 'no space'));
    await assert.rejects(ledger.record([failed('GE')], STEP), { code: 'disk_full' });
    store.commit = commit;
    assert.equal(ledger.item('GE'), undefined);
    await ledger.beat();
    assert.equal((await stored()).failed, 1);
  });

  it('lists outcomes in the order of the universe', async () => {
    await ledger.choose(UNIVERSE, RANGE);
    await ledger.record([failed('GE')], STEP);
    await ledger.record([failed('AAPL')], STEP);
    assert.deepEqual(
      ledger.items.map(({ ticker }) => ticker),
      UNIVERSE.tickers,
    );
  });
});

describe('a market scan whose end cannot be written', () => {
  const folder = temporaryFolder();

  it('because of a bug fails, and the bug is told', async () => {
    const world = await openMarketWorld({ dataDir: folder.path });
    const { store } = world.engine;
    const { commit } = store;
    store.commit = (batch) => {
      const [append] = batch.appendEvents ?? [];
      if (append?.events.some(({ type }) => type === 'complete'))
        return Promise.reject(new TypeError('NaN is no JSON'));
      return commit.call(store, batch);
    };
    const jobId = await startScan(world.engine, { tickers: STOCKS.slice(0, 2) });
    const { code } = marketEndOf(await completeMarketLog(world.engine, jobId), 'failed');
    assert.equal(code, 'internal');
    await world.engine.close();
    assert.match(String(world.bugs[0]), /NaN is no JSON/);
  });
});
