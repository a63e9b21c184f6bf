import assert from 'node:assert/strict';
import { AlertBook } from '@fast-scanner/server/scanners/fast-scanner/alert-book.ts';
import { ALERTS_TOPIC_STREAM } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { Store } from '@fast-scanner/server/store/store.ts';
import {
  type Alert,
  type AlertRule,
  alertRulesSchema,
  alertSchema,
  type CandleRow,
  quickScanRequestSchema,
  type ScanResult,
  type SignalChange,
  toIsoTime,
} from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { completeLog } from '../../../support/scan-log.ts';
import { createWorld, WORLD_NOW } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const HOUR = 3_600_000;
const FLIP: SignalChange = {
  symbol: 'C1/USDT',
  change: 'flipped',
  from: 'BUY',
  to: 'SELL',
  delta: null,
  detail: 'turned',
};
const MOVE: SignalChange = {
  symbol: 'C1/USDT',
  change: 'price_move',
  from: '100',
  to: '105',
  delta: 5,
  detail: 'moved',
};

function ruleOf(rule: Partial<AlertRule>): AlertRule[] {
  return alertRulesSchema.parse({ rules: [{ id: 'r', change: 'flipped', ...rule }] }).rules;
}

/** As much of a result as alerts read. */
function resultAt(hour: number): ScanResult {
  const candleCloseTime = toIsoTime(Date.UTC(2026, 0, 7) + hour * HOUR);
  return { symbol: 'C1/USDT', exchange: 'demo', timeframe: '1h', candleCloseTime } as ScanResult;
}

describe('the alert book', () => {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  let store: Store;
  let book: AlertBook;

  beforeEach(async () => {
    store = await openSqliteStore({ dataDir: `${folder.path}/${Math.random()}`, clock });
    book = new AlertBook(store, clock);
    await book.open();
  });
  afterEach(() => store.close());

  /** Lets a change happen at an hour; answers how many alerts it gives, all of them stored. */
  async function fire(change: SignalChange, hour = 1): Promise<number> {
    const scans = {
      previousScanId: 'scan_a',
      scanId: 'scan_b',
      changes: [change],
      results: [resultAt(hour)],
    };
    const drafts = book.evaluate(scans);
    const { events } = await store.commit({
      appendEvents: [{ streamId: ALERTS_TOPIC_STREAM, events: drafts }],
    });
    for (const { payload, seq } of events) book.remember(alertSchema.parse({ ...payload, seq }));
    return events.length;
  }

  it('begins with rules for turns, price moves and regimes', async () => {
    assert.deepEqual(
      book.rules.map(({ change }) => change),
      ['flipped', 'price_move', 'regime_change'],
    );
    assert.equal(await fire(FLIP), 1);
    assert.equal(await fire({ ...FLIP, change: 'strengthened', delta: 20 }), 0);
  });

  it('fires a rule once for a symbol, timeframe and candle', async () => {
    assert.deepEqual([await fire(FLIP), await fire(FLIP), await fire(FLIP, 2)], [1, 0, 1]);
  });

  it('repeats nothing after a restart', async () => {
    await fire(FLIP);
    book = new AlertBook(store, clock);
    await book.open();
    assert.equal(await fire(FLIP), 0);
    assert.equal(book.list({ limit: 10 }).length, 1);
  });

  it('stays quiet for the candles of its cooldown', async () => {
    await book.update(ruleOf({ cooldownCandles: 3 }));
    const fired: number[] = [];
    for (const hour of [1, 2, 3, 4, 5]) fired.push(await fire(FLIP, hour));
    assert.deepEqual(fired, [1, 0, 0, 1, 0]);
  });

  it('obeys threshold, symbols and the switch', async () => {
    await book.update(ruleOf({ change: 'price_move', threshold: 6 }));
    assert.equal(await fire(MOVE), 0);
    await book.update(ruleOf({ change: 'price_move', threshold: 5 }));
    assert.equal(await fire({ ...MOVE, delta: -5 }), 1);
    await book.update(ruleOf({ id: 'other', change: 'price_move', symbols: ['C2/USDT'] }));
    assert.equal(await fire(MOVE), 0);
    await book.update(ruleOf({ id: 'off', change: 'price_move', enabled: false }));
    assert.equal(await fire(MOVE), 0);
  });

  it('keeps changed rules, also an empty list', async () => {
    await book.update([]);
    book = new AlertBook(store, clock);
    await book.open();
    assert.deepEqual(book.rules, []);
  });

  it('lists the newest first, of one symbol if asked', async () => {
    for (const hour of [1, 2, 3]) await fire(FLIP, hour);
    assert.deepEqual(
      book.list({ limit: 2 }).map(({ seq }) => seq),
      [3, 2],
    );
    assert.deepEqual(book.list({ limit: 2, symbol: 'C2/USDT' }), []);
  });
});

describe('alerts of real scans', () => {
  const folder = temporaryFolder();

  it('tell of a price that moved between two scans, once', async () => {
    let now = WORLD_NOW;
    const { engine, source, bugs } = await createWorld({ dataDir: folder.path, now: () => now });
    await engine.open();
    const alerts: Alert[] = [];
    engine.scanner.on('alert', (alert) => alerts.push(alert));
    const request = quickScanRequestSchema.parse({ symbols: ['C1/USDT', 'C2/USDT'], analyze: false });
    await completeLog(engine, (await engine.scanner.start(request)).scanId);
    now += HOUR;
    source.script = (rows, { request: { symbol } }) => (symbol === 'C1/USDT' ? rows.map(lifted) : rows);
    const { scanId } = await engine.scanner.start(request);
    await completeLog(engine, scanId);
    const moved = await eventually(() => {
      const found = alerts.find(({ symbol, change }) => symbol === 'C1/USDT' && change === 'price_move');
      assert.ok(found);
      return found;
    });
    assert.equal(moved.scanId, scanId);
    assert.deepEqual((await engine.scanner.alerts({ limit: 10 })).alerts, [...alerts].reverse());
    const fired = alerts.length;
    await completeLog(engine, (await engine.scanner.start(request)).scanId);
    await engine.close();
    assert.equal(alerts.length, fired, 'the same candle gives no second alert');
    assert.deepEqual(bugs, []);
  });
});

/** A candle with all prices tenfold. */
function lifted([openTime, open, high, low, close, volume]: CandleRow): CandleRow {
  return [openTime, open * 10, high * 10, low * 10, close * 10, volume];
}
