import assert from 'node:assert/strict';
import { CandleKeeper } from '@fast-scanner/server/scanners/common/candle-keeper.ts';
import type { ArchivedCandles } from '@fast-scanner/server/store/signal-record.ts';
import { ScannerError, sliceSeries } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';
import { walkSeries } from '../../analysis/support/analysis-series.ts';

const SERIES = walkSeries({ seed: 1, count: 400 });

class ArchiveInMemory {
  readonly written: ArchivedCandles[] = [];
  failure: Error | null = null;

  async archiveCandles(series: readonly ArchivedCandles[]): Promise<void> {
    if (this.failure) throw this.failure;
    this.written.push(...series);
  }

  /** Candles of each write. */
  get lengths(): number[] {
    return this.written.map(({ candles }) => candles.openTime.length);
  }
}

describe('the keeper of candles', () => {
  function setUp() {
    const archive = new ArchiveInMemory();
    const errors: unknown[] = [];
    const clock = new FakeClock();
    return { archive, errors, keeper: new CandleKeeper({ archive, clock, onError: (e) => errors.push(e) }) };
  }

  it('writes a window once, and then only the candles that are new', async () => {
    const { archive, keeper } = setUp();
    keeper.keep('demo', sliceSeries(SERIES, 0, 300));
    keeper.keep('demo', sliceSeries(SERIES, 0, 300));
    keeper.keep('demo', sliceSeries(SERIES, 2, 302));
    await keeper.flush();
    assert.deepEqual(archive.lengths, [300, 2]);
    assert.equal(archive.written[1]?.candles.openTime[0], SERIES.openTime[300]);
  });

  it('writes a longer window whole, because it begins before what is kept', async () => {
    const { archive, keeper } = setUp();
    keeper.keep('demo', sliceSeries(SERIES, 100, 300));
    keeper.keep('demo', sliceSeries(SERIES, 0, 300));
    keeper.keep('demo', sliceSeries(SERIES, 50, 301));
    await keeper.flush();
    assert.deepEqual(archive.lengths, [200, 300, 1]);
  });

  it('takes no hole for kept', async () => {
    const { archive, keeper } = setUp();
    keeper.keep('demo', sliceSeries(SERIES, 0, 100));
    keeper.keep('demo', sliceSeries(SERIES, 200, 300));
    keeper.keep('demo', sliceSeries(SERIES, 50, 250));
    await keeper.flush();
    assert.deepEqual(archive.lengths, [100, 100, 200]);
  });

  it('tells exchanges apart', async () => {
    const { archive, keeper } = setUp();
    for (const exchange of ['demo', 'binance']) keeper.keep(exchange, SERIES);
    await keeper.flush();
    assert.deepEqual(
      archive.written.map(({ exchange }) => exchange),
      ['demo', 'binance'],
    );
  });

  it('holds on to what the store could not write, and writes it at the end', async () => {
    const { archive, errors, keeper } = setUp();
    archive.failure = new ScannerError('disk_full', 'no room');
    keeper.keep('demo', SERIES);
    await assert.rejects(keeper.flush(), { code: 'disk_full' });
    archive.failure = null;
    await keeper.close();
    assert.deepEqual(archive.lengths, [400]);
    assert.deepEqual(errors, []);
  });
});
