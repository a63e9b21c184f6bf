import assert from 'node:assert/strict';
import type { HistoryRequest } from '@fast-scanner/server/market-data/candle-history.ts';
import type { MarketFeed } from '@fast-scanner/server/market-data/market-feed.ts';
import {
  type CandleColumns,
  candleOpenTime,
  type DataSource,
  rowsFromColumns,
  ScannerError,
  timeframeMs,
} from '@fast-scanner/shared';

export interface CandleHistorySetup {
  readonly feed: MarketFeed;
  readonly dataSource: DataSource;
  /** Ranges of at least 30 candles each, of clean data. */
  readonly requests: readonly HistoryRequest[];
  /** Frees what the setup opened beside the feed. Runs after the feed has been closed. */
  readonly teardown?: () => Promise<void>;
}

/** What `MarketFeed.history` keeps to whatever the source. `setup` is called before each test; the contract closes the feed. */
export function candleHistoryContract(name: string, setup: () => Promise<CandleHistorySetup>): void {
  describe(`${name} keeps the candle history contract`, () => {
    let context: CandleHistorySetup;

    beforeEach(async () => {
      context = await setup();
    });

    afterEach(async () => {
      await context.feed.close();
      await context.teardown?.();
    });

    describe('candles', () => candleRules(() => context));
    describe('the report', () => reportRules(() => context));
    describe('calls', () => callRules(() => context));
  });
}

function candleRules(context: () => CandleHistorySetup): void {
  it('are sound, in order, on the boundaries of their timeframe, within the range, and many', async () => {
    const { feed, requests } = context();
    for (const request of requests) {
      const { candles } = await feed.history(request);
      assert.ok(candles.openTime.length >= 30, `${candles.openTime.length} candles of ${request.symbol}`);
      let previous = request.from - 1;
      for (const [openTime, open, high, low, close, volume] of rowsFromColumns(candles)) {
        assert.ok(openTime > previous && openTime < request.to);
        assert.equal(candleOpenTime(openTime, request.timeframe), openTime);
        assert.ok(low > 0 && low <= Math.min(open, close) && Math.max(open, close) <= high);
        assert.ok(volume >= 0 && Number.isFinite(volume) && Number.isFinite(high));
        previous = openTime;
      }
    }
  });

  it('are all closed, whatever end was asked for', async () => {
    const { feed, requests } = context();
    for (const request of requests) {
      const { candles } = await feed.history({ ...request, to: feed.now() + 1e10 });
      const closesAt = (candles.openTime.at(-1) ?? Number.NaN) + timeframeMs(request.timeframe);
      assert.ok(closesAt <= feed.now());
    }
  });

  it('of a part are that part of the whole: the past does not depend on how much of it is asked for', async () => {
    const { feed, requests } = context();
    for (const request of requests) {
      const whole = rowsFromColumns((await feed.history(request)).candles);
      const [from, to] = [whole[5]?.[0] ?? 0, whole[20]?.[0] ?? 0];
      const part = rowsFromColumns((await feed.history({ ...request, from, to })).candles);
      assert.deepEqual(part, whole.slice(5, 20));
    }
  });

  it('have six columns of one length in memory that workers share', async () => {
    const { feed, requests } = context();
    for (const request of requests) {
      const { candles } = await feed.history(request);
      for (const column of Object.values(candles) as CandleColumns[keyof CandleColumns][]) {
        assert.equal(column.length, candles.openTime.length);
        assert.ok(column.buffer instanceof SharedArrayBuffer);
      }
    }
  });
}

function reportRules(context: () => CandleHistorySetup): void {
  it('names the source, and accounts for every row and every gap', async () => {
    const { feed, dataSource, requests } = context();
    for (const request of requests) {
      const { candles, quality, dataSource: named } = await feed.history(request);
      assert.deepEqual(named, dataSource);
      assert.equal(quality.rejections.length, quality.rejected);
      assert.equal(quality.rows, candles.openTime.length + quality.rejected);
      if (quality.missing === null) continue;
      assert.equal(
        quality.gaps.reduce((sum, gap) => sum + gap.candles, 0),
        quality.missing,
      );
    }
  });
}

function callRules(context: () => CandleHistorySetup): void {
  it('for an unknown symbol are refused with symbol_unknown', async () => {
    const { feed, requests } = context();
    const [request] = requests;
    assert.ok(request);
    for (const symbol of ['NOSUCH', 'NOSUCHCOIN/USDT', '__proto__', '../../etc/passwd']) {
      await assert.rejects(feed.history({ ...request, symbol }), hasCode('symbol_unknown'));
    }
  });

  it('for a range without a candle are refused with no_data that names the range', async () => {
    const { feed, requests } = context();
    for (const request of requests) {
      const future = { from: feed.now() + 864e5, to: feed.now() + 8 * 864e5 };
      for (const range of [{ to: request.from }, future]) {
        const call = feed.history({ ...request, ...range });
        await assert.rejects(call, hasCode('no_data', new RegExp(`^${request.symbol} has no `)));
      }
    }
  });

  it('that are aborted reject with the reason of the signal', async () => {
    const { feed, requests } = context();
    const [request] = requests;
    assert.ok(request);
    const reason = new Error('no longer wanted');
    await assert.rejects(feed.history(request, { signal: AbortSignal.abort(reason) }), reason);
    const controller = new AbortController();
    const pending = assert.rejects(feed.history(request, { signal: controller.signal }), reason);
    controller.abort(reason);
    await pending;
  });

  it('after closing are refused', async () => {
    const { feed, requests } = context();
    const [request] = requests;
    assert.ok(request);
    await feed.close();
    await assert.rejects(feed.history(request), hasCode('unavailable'));
  });
}

function hasCode(code: ScannerError['code'], message = /./) {
  return (error: unknown) => {
    assert.ok(error instanceof ScannerError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  };
}
