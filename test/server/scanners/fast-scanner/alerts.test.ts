import assert from 'node:assert/strict';
import { AlertBook } from '@fast-scanner/server/scanners/fast-scanner/alert-book.ts';
import { ALERTS_TOPIC_STREAM } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { Store } from '@fast-scanner/server/store/store.ts';
import { ALERT_CHANGES, type AlertRule, alertRulesSchema, alertSchema } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { type SampleResult, sampleResult } from './sample-results.ts';

const RULES_KEY = 'fast-scanner.alert-rules';

function ruleOf(rule: Partial<AlertRule>): AlertRule[] {
  return alertRulesSchema.parse({ rules: [{ id: 'r', change: 'flipped', ...rule }] }).rules;
}

describe('the alert book', () => {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  let store: Store;
  let book: AlertBook;
  let stores = 0;

  beforeEach(async () => {
    stores += 1;
    store = await openSqliteStore({ dataDir: `${folder.path}/${stores}`, clock });
    book = new AlertBook(store, clock);
    await book.open();
  });
  afterEach(() => store.close());

  /** Lets the signal turn at a candle; answers how many alerts that gives, all of them stored. */
  async function turn(candle = 1, sample: SampleResult = {}): Promise<number> {
    const scans = {
      previousScanId: 'scan_a',
      scanId: 'scan_b',
      before: [sampleResult({ ...sample, candle, signal: 'BUY' })],
      after: [sampleResult({ ...sample, candle, signal: 'SELL' })],
    };
    const { events } = await store.commit({
      appendEvents: [{ streamId: ALERTS_TOPIC_STREAM, events: book.evaluate(scans) }],
    });
    for (const { payload, seq } of events) book.remember(alertSchema.parse({ ...payload, seq }));
    return events.length;
  }

  async function reopen(): Promise<void> {
    book = new AlertBook(store, clock);
    await book.open();
  }

  it('begins with a rule of every kind but the signal that weakens', () => {
    assert.deepEqual(
      book.rules.map(({ change }) => change),
      ALERT_CHANGES.filter((change) => change !== 'weakened'),
    );
  });

  it('fires a rule once for a symbol, timeframe and candle', async () => {
    assert.deepEqual([await turn(), await turn(), await turn(2)], [1, 0, 1]);
    assert.deepEqual([await turn(2, { timeframe: '4h' }), await turn(2, { exchange: 'binance' })], [1, 1]);
  });

  it('repeats nothing after a restart', async () => {
    await turn();
    await reopen();
    assert.equal(await turn(), 0);
    assert.equal(book.list({ limit: 10 }).length, 1);
  });

  it('does not fire for an older candle once it fired for a newer one', async () => {
    await book.update(ruleOf({ cooldownCandles: 0 }));
    assert.deepEqual([await turn(5), await turn(4), await turn(5), await turn(6)], [1, 0, 0, 1]);
  });

  it('stays quiet for the candles of its cooldown', async () => {
    await book.update(ruleOf({ cooldownCandles: 3 }));
    const fired: number[] = [];
    for (const candle of [1, 2, 3, 4, 5]) fired.push(await turn(candle));
    assert.deepEqual(fired, [1, 0, 0, 1, 0]);
  });

  it('obeys the switch and the scope: symbols, exchange, timeframe', async () => {
    const scopes: Partial<AlertRule>[] = [
      { enabled: false },
      { symbols: ['C2/USDT'] },
      { exchange: 'binance' },
      { timeframe: '4h' },
      { symbols: ['C1/USDT'], exchange: 'demo', timeframe: '1h' },
    ];
    const fired: number[] = [];
    for (const scope of scopes) {
      await book.update(ruleOf(scope));
      fired.push(await turn());
    }
    assert.deepEqual(fired, [0, 0, 0, 0, 1]);
  });

  it('fires nothing for a symbol that is seen for the first time', () => {
    const scans = { previousScanId: 'scan_a', scanId: 'scan_b', before: [], after: [sampleResult()] };
    assert.deepEqual(book.evaluate(scans), []);
    assert.match(book.judge(scans)[0]?.verdict.detail ?? '', /for the first time/);
  });

  it('says of each rule why it fires or does not', async () => {
    await turn();
    const before = [sampleResult({ signal: 'BUY' })];
    const after = [sampleResult({ signal: 'SELL', price: 101, deep: null })];
    const judged = book.judge({ previousScanId: 'scan_a', scanId: 'scan_b', before, after });
    const said = Object.fromEntries(judged.map(({ verdict }) => [verdict.ruleId, verdict.outcome]));
    assert.deepEqual(said, {
      flip: 'already_fired',
      strength: 'unchanged',
      'price-move': 'below_threshold',
      'regime-change': 'no_data',
      score: 'no_data',
      confluence: 'no_data',
    });
  });

  it('carries price and source of the data', async () => {
    await turn();
    const [alert] = book.list({ limit: 1 });
    assert.deepEqual([alert?.price, alert?.dataSource], [100, { exchange: 'demo', kind: 'simulated' }]);
  });

  it('keeps changed rules, also an empty list', async () => {
    await book.update([]);
    await reopen();
    assert.deepEqual(book.rules, []);
  });

  it('reads rules of the former shape', async () => {
    const former = [
      { id: 'flip', enabled: true, change: 'flipped', threshold: 3, symbols: null, cooldownCandles: 1 },
      {
        id: 'move',
        enabled: false,
        change: 'price_move',
        threshold: 5,
        symbols: ['C1/USDT'],
        cooldownCandles: 2,
      },
    ];
    await store.commit({ putSettings: { [RULES_KEY]: former } });
    await reopen();
    const added = { unit: null, exchange: null, timeframe: null };
    assert.deepEqual(book.rules, [
      { ...former[0], threshold: null, ...added },
      { ...former[1], ...added },
    ]);
  });

  it('lists the newest first, of one symbol, exchange or timeframe if asked', async () => {
    for (const candle of [1, 2, 3]) await turn(candle);
    await turn(1, { timeframe: '4h' });
    const seqs = (query: object) => book.list({ limit: 10, ...query }).map(({ seq }) => seq);
    assert.deepEqual(seqs({ limit: 2 }), [4, 3]);
    assert.deepEqual(seqs({ timeframe: '1h' }), [3, 2, 1]);
    assert.deepEqual(seqs({ symbol: 'C2/USDT' }), []);
    assert.deepEqual(seqs({ exchange: 'binance' }), []);
  });
});
