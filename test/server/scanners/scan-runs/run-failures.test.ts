import assert from 'node:assert/strict';
import { ScannerError } from '@fast-scanner/shared';
import { completeRunLog, runEventsOf } from '../../../support/run-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { COINS, openRunWorld, runToEnd, startRun, symbolsOf } from './run-world.ts';

describe('a run over candles that are not all there', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;

  beforeEach(async () => {
    world = await openRunWorld({ dataDir: `${folder.path}/${Math.random()}` });
  });
  afterEach(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  it('takes the price of this moment from the open candle, not from the plan', async () => {
    world.source.script = (rows) => {
      const newest = rows.at(-1);
      if (!newest) return rows;
      const [openTime, open] = newest;
      const price = open * 1.001;
      return [...rows.slice(0, -1), [openTime, open, price, open, price, 1]];
    };
    const { signals } = await runToEnd(world.engine);
    assert.equal(signals.length, 2);
    for (const { current_price, entry_near } of signals) {
      assert.ok(Math.abs(current_price / entry_near - 1.001) < 1e-9, `${current_price} of ${entry_near}`);
    }
  });

  it('rejects a setup whose target the price has reached meanwhile', async () => {
    world.source.script = (rows, { request: { symbol } }) => {
      const newest = rows.at(-1);
      if (!newest || symbol !== 'BTC/USDT') return rows;
      const [openTime, open] = newest;
      return [...rows.slice(0, -1), [openTime, open, open, open / 2, open / 2, 1]];
    };
    const { rejections } = await runToEnd(world.engine);
    const [reached] = rejections.details.risk_validation ?? [];
    assert.equal(reached?.symbol, 'BTC/USDT');
    assert.match(reached?.reason ?? '', /has already reached the first target/);
  });

  it('tells no data, a missing critical timeframe and a failure apart, each with its code', async () => {
    world.source.script = (rows, { request: { symbol, timeframe } }) => {
      if (symbol === 'XRP/USDT') throw new ScannerError('exchange_timeout', 'no answer');
      if (symbol === 'UNI/USDT') return [];
      if (symbol === 'SOL/USDT' && timeframe === '1h') return rows.slice(-20);
      return symbol === 'BTC/USDT' && timeframe === '4h' ? rows.slice(-20) : rows;
    };
    const { rejections, metadata, signals } = await runToEnd(world.engine, {
      symbols: [...COINS, 'NOWHERE/USDT'],
    });
    const { no_data = [], missing_critical_tf = [], errors = [] } = rejections.details;
    const codesOf = (list: typeof errors) => list.map(({ symbol, code }) => `${symbol} ${code}`);
    assert.deepEqual(codesOf(no_data), ['UNI/USDT no_data', 'NOWHERE/USDT symbol_unknown']);
    assert.deepEqual(codesOf(errors), ['XRP/USDT exchange_timeout']);
    assert.equal(errors[0]?.reason, 'quick scan: no answer');
    assert.deepEqual(symbolsOf(missing_critical_tf), ['BTC/USDT', 'SOL/USDT']);
    assert.match(missing_critical_tf[0]?.reason ?? '', /^recon cannot do without 4h: /);
    assert.equal(missing_critical_tf[1]?.code, 'insufficient_data', 'the primary timeframe ends it at once');
    assert.deepEqual([metadata.rejected, metadata.failed, symbolsOf(signals)], [5, 1, ['ETH/USDT']]);
    assert.match(metadata.summary, /2 without usable data, 2 without a critical timeframe, 1 failed$/);
  });

  it('lets a symbol that breaks fail alone and says so to those who can mend it', async () => {
    world.source.script = (rows, { request: { symbol } }) => {
      if (symbol === 'ETH/USDT') throw new TypeError('a bug');
      return rows;
    };
    const { rejections, metadata } = await runToEnd(world.engine);
    assert.deepEqual([metadata.total, metadata.failed], [1, 1]);
    assert.equal(rejections.details.errors?.[0]?.code, 'internal');
    assert.doesNotMatch(rejections.details.errors?.[0]?.reason ?? '', /a bug/);
    assert.match(String(world.bugs.splice(0)), /a bug/);
  });

  it('names the phase in which a symbol failed', async () => {
    world.source.script = (rows, { request: { timeframe, symbol } }) => {
      if (timeframe === '5m' && symbol === 'BTC/USDT') throw new ScannerError('exchange_unavailable', 'gone');
      return rows;
    };
    const { rejections } = await runToEnd(world.engine);
    assert.equal(rejections.details.errors?.[0]?.reason, 'deep analysis: gone');
  });

  it('fails as a whole when the exchange gave nothing at all', async () => {
    world.source.script = () => {
      throw new ScannerError('exchange_unavailable', 'nobody there');
    };
    const { metadata, ...answer } = await runToEnd(world.engine);
    assert.deepEqual([answer.status, metadata.failed], ['failed', 6]);
    const { error } = await world.engine.runs.run(answer.run_id);
    assert.equal(error?.code, 'exchange_unavailable');
    assert.match(error?.detail ?? '', /no symbol could be read: quick scan: nobody there/);
  });

  it('fails at once when the exchange denies everybody', async () => {
    world.source.script = () => {
      throw new ScannerError('exchange_denied', 'not from here');
    };
    const runId = await startRun(world.engine);
    const log = await completeRunLog(world.engine, runId);
    assert.deepEqual(
      runEventsOf(log, 'runError').map(({ code, error }) => [code, error]),
      [['exchange_denied', 'not from here']],
    );
    const { metadata, status } = runEventsOf(log, 'runEnded')[0] ?? {};
    assert.deepEqual([status, metadata?.skipped, metadata?.failed], ['failed', 6, 0]);
    assert.ok(world.source.requests.length <= 5, 'only what was in flight');
  });

  it('gives up a symbol that does not answer within its deadline and goes on', async () => {
    await world.engine.close();
    world = await openRunWorld({ dataDir: `${folder.path}/deadline`, symbolDeadlineMs: 150 });
    world.source.script = (rows, { request: { symbol } }) =>
      symbol === 'BTC/USDT' ? new Promise(() => undefined) : rows;
    const { rejections, metadata } = await runToEnd(world.engine, { symbols: ['BTC/USDT', 'XRP/USDT'] });
    assert.equal(rejections.details.errors?.[0]?.code, 'deadline_exceeded');
    assert.equal(metadata.scanned, 2);
  });

  it('ends with advice when its categories have nothing to offer', async () => {
    const { status, metadata, run_id } = await runToEnd(world.engine, {
      symbols: undefined,
      majors: false,
      altcoins: false,
      meme_mode: true,
      limit: 4,
    });
    assert.deepEqual([status, metadata.requested, metadata.skipped], ['failed', 4, 4]);
    assert.match((await world.engine.runs.run(run_id)).error?.detail ?? '', /trades nothing of memes/);
  });
});
