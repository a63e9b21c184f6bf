import assert from 'node:assert/strict';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { createFilesMarketData } from '@fast-scanner/server/market-data/files/files-market-data.ts';
import type { MarketFeed } from '@fast-scanner/server/market-data/market-feed.ts';
import { describeCandles } from '@fast-scanner/server/scanners/common/used-candles.ts';
import { ReplayFeed } from '@fast-scanner/server/scanners/replay/replay-feed.ts';
import { ScannerError, type Timeframe } from '@fast-scanner/shared';
import fc from 'fast-check';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { writeCandleFile } from '../../market-data/files/write-candle-file.ts';
import { END, HOUR, readRecording, recordedRows } from './replay-world.ts';

const SYMBOL = 'AAA/USDT';
const FILES = { '15m': 1_000, '1h': 400, '4h': 150 } as const satisfies Partial<Record<Timeframe, number>>;
const TIMEFRAMES = ['15m', '1h', '4h', '1d', '5m'] as const;

const damage = fc.record({
  timeframe: fc.constantFrom(...(['15m', '1h', '4h'] as const)),
  /** From the end of the file. */
  back: fc.integer({ min: 1, max: 180 }),
  kind: fc.constantFrom('missing', 'missing', 'broken', 'broken', 'doubled', 'early', 'timeless'),
});
type Damage = typeof damage extends fc.Arbitrary<infer Value> ? Value : never;

const WAYS: Readonly<Record<Damage['kind'], (rows: (readonly unknown[])[], index: number) => unknown>> = {
  missing: (rows, index) => rows.splice(index, 1),
  broken: (rows, index) => rows.splice(index, 1, [rows[index]?.[0], 5, 1, 9, 5, 1]),
  doubled: (rows, index) => rows.splice(index, 0, rows[index] ?? []),
  early: (rows, index) => rows.splice(Math.max(0, index - 3), 0, ...rows.splice(index, 1)),
  timeless: (rows, index) => rows.splice(index, 1, ['', 1, 2, 1, 1, 1]),
};

function damagedRows(timeframe: keyof typeof FILES, damages: readonly Damage[]) {
  const rows: (readonly unknown[])[] = recordedRows(timeframe, FILES[timeframe], 7);
  for (const { kind, back } of damages.filter((one) => one.timeframe === timeframe))
    WAYS[kind](rows, rows.length - back);
  return rows;
}

/** What a feed answers, in short. */
async function ask(feed: MarketFeed, timeframe: Timeframe, count: number): Promise<object | string> {
  try {
    return describeCandles((await feed.candles({ symbol: SYMBOL, timeframe, count })).series);
  } catch (error) {
    assert.ok(error instanceof ScannerError, String(error));
    return `${error.code}: ${error.message}`;
  }
}

describe('the feed of a replay', () => {
  const folder = temporaryFolder();
  let runs = 0;

  async function write(damages: readonly Damage[]): Promise<string> {
    runs += 1;
    const directory = `${folder.path}/${runs}`;
    for (const timeframe of ['15m', '1h', '4h'] as const)
      writeCandleFile(directory, `${timeframe}/AAAUSDT.csv`, damagedRows(timeframe, damages));
    return directory;
  }

  it('answers every window, and every failure, as a feed that is opened at that moment, whatever is wrong with the data', async () => {
    const hours = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: -2, max: 120 }) },
      fc.integer({ max: 380, min: 0 }),
    );
    const moments = fc.uniqueArray(hours, { minLength: 6, maxLength: 10 });
    const counts = fc.constantFrom(60, 60, 130, 300);
    const damages = fc.array(damage, { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(damages, moments, counts, async (broken, hoursBack, count) => {
        const directory = await write(broken);
        const replayed = new ReplayFeed(await readRecording(directory, SYMBOL, TIMEFRAMES));
        const clock = new FakeClock();
        const asOf = END - 400 * HOUR;
        const live = await createFilesMarketData({ directory, asOf, speed: 1, clock });
        for (const back of hoursBack.toSorted((one, other) => other - one)) {
          const now = END - back * HOUR;
          await clock.advance(now - live.now());
          replayed.moveTo(now);
          for (const timeframe of TIMEFRAMES) {
            const expected = await ask(createCandleFeed(live, { clock }), timeframe, count);
            assert.deepEqual(await ask(replayed, timeframe, count), expected, `${timeframe} at ${back}`);
          }
        }
        await live.close();
      }),
      { seed: 20_260_105, numRuns: 10 },
    );
  });

  it('answers the same object while a window stays the same', async () => {
    const feed = new ReplayFeed(await readRecording(await write([]), SYMBOL));
    const request = { symbol: SYMBOL, timeframe: '4h', count: 100 } as const;
    const answers = [];
    for (let hour = 0; hour <= 5; hour += 1) {
      feed.moveTo(END - 24 * HOUR + hour * HOUR);
      answers.push((await feed.candles(request)).series);
    }
    assert.equal(new Set(answers.slice(0, 4)).size, 1);
    assert.equal(new Set(answers).size, 2);
  });

  it('knows no other symbol', async () => {
    const feed = new ReplayFeed(await readRecording(await write([]), SYMBOL));
    feed.moveTo(END);
    const asked = feed.candles({ symbol: 'BBB/USDT', timeframe: '1h', count: 60 });
    await assert.rejects(asked, { code: 'symbol_unknown' });
  });
});
