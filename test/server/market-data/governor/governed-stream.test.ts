import assert from 'node:assert/strict';
import { createGovernor } from '@fast-scanner/server/market-data/governor/create-governor.ts';
import { governSource } from '@fast-scanner/server/market-data/governor/govern-source.ts';
import { ScannerError } from '@fast-scanner/shared';
import { feedSetup } from '../../../support/feed-setup.ts';
import { pushingTickers } from '../../../support/pushing-source.ts';

function governedSetup() {
  const { watches, watchTickers } = pushingTickers();
  const { clock, source } = feedSetup({ watchTickers });
  const governor = createGovernor({
    exchangeId: 'recorded',
    clock,
    maxConcurrency: 1,
    maxRequestsPerSecond: 100,
    patienceMs: 5_000,
  });
  const governed = governSource(source, governor);
  const watch = () => {
    const controller = new AbortController();
    const onTickers = () => undefined;
    const ended = governed.watchTickers?.({ symbols: ['A'], signal: controller.signal, onTickers });
    return {
      ended: ended?.catch((error: unknown) => error),
      end: () => controller.abort(new Error('enough')),
    };
  };
  return { clock, source, governor, governed, watches, watch };
}

describe('a governed stream of tickers', () => {
  it('holds no place of the requests, and ends with the source', async () => {
    const { clock, governed, watches, watch } = governedSetup();
    const { ended } = watch();
    await clock.advance(0);
    assert.equal(watches.length, 1);
    assert.equal((await governed.fetchTickers(['A'])).size, 1);
    await governed.close();
    const error = await ended;
    assert.ok(error instanceof ScannerError && error.code === 'unavailable');
    assert.equal(watches[0]?.signal.aborted, true);
  });

  it('is not opened while the exchange must not be asked', async () => {
    const { clock, source, governed, watches, watch } = governedSetup();
    source.tickerScript = () => {
      throw new ScannerError('exchange_banned', 'recorded: banned', { retryAfterMs: 600_000 });
    };
    await assert.rejects(governed.fetchTickers(['A']), { code: 'exchange_banned' });
    const { ended } = watch();
    await clock.advance(0);
    const error = await ended;
    assert.ok(error instanceof ScannerError && error.code === 'exchange_banned', String(error));
    assert.equal(watches.length, 0);
    await governed.close();
  });

  it('that breaks again and again does not count against the exchange', async () => {
    const { clock, governor, governed, watches, watch } = governedSetup();
    for (let turn = 0; turn < 15; turn += 1) {
      const { ended } = watch();
      await clock.advance(100);
      watches.at(-1)?.fail(new ScannerError('exchange_unavailable', 'recorded closed the stream'));
      await ended;
    }
    assert.deepEqual([watches.length, governor.state().status], [15, 'ok']);
    await governed.close();
  });

  it('is not offered for a source that has none', async () => {
    const { clock, source } = feedSetup();
    const governor = createGovernor({ exchangeId: 'recorded', clock, maxConcurrency: 1 });
    assert.equal(governSource(source, governor).watchTickers, undefined);
  });
});
