import assert from 'node:assert/strict';
import { SignalBook } from '@fast-scanner/server/scanners/continuous/signal-book.ts';
import { TickBook } from '@fast-scanner/server/scanners/continuous/tick-book.ts';
import {
  CONTINUOUS_BUFFERS,
  type ContinuousSignal,
  continuousSignalsQuerySchema,
} from '@fast-scanner/shared';
import fc from 'fast-check';
import { sampleSignal } from './sample-signal.ts';

const query = (changes: object = {}) => continuousSignalsQuerySchema.parse(changes);

describe('the book of ticks', () => {
  it('tells the newest price of each symbol', () => {
    const book = new TickBook();
    book.add('BTC/USDT', { time: 1, price: 10 });
    book.add('BTC/USDT', { time: 2, price: 11 });
    book.add('ETH/USDT', { time: 1, price: 5 });
    assert.deepEqual(book.newest('BTC/USDT'), { time: 2, price: 11 });
    assert.deepEqual(book.newest('ETH/USDT'), { time: 1, price: 5 });
    assert.equal(book.newest('SOL/USDT'), null);
    assert.equal(book.size, 3);
  });

  it('takes no tick that is not newer than the last, and never holds more than its ring', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 500 }), (times) => {
        const book = new TickBook();
        const accepted: number[] = [];
        for (const time of times) {
          book.add('BTC/USDT', { time, price: time * 2 });
          if (time > (accepted.at(-1) ?? 0)) accepted.push(time);
          const newest = accepted.at(-1) ?? 0;
          assert.deepEqual(book.newest('BTC/USDT'), { time: newest, price: newest * 2 });
          assert.equal(book.size, Math.min(accepted.length, CONTINUOUS_BUFFERS.ticks));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('goes on after its ring was filled many times', () => {
    const book = new TickBook();
    for (let time = 1; time <= 1_050; time += 1) book.add('BTC/USDT', { time, price: time });
    assert.deepEqual([book.newest('BTC/USDT')?.price, book.size], [1_050, CONTINUOUS_BUFFERS.ticks]);
  });
});

describe('the book of signals', () => {
  it('lists the newest thousand, newest first', () => {
    const book = new SignalBook();
    for (let hour = 0; hour < CONTINUOUS_BUFFERS.signals + 5; hour += 1) book.add(sampleSignal(hour));
    assert.equal(book.size, CONTINUOUS_BUFFERS.signals);
    const listed = book.list(query({ limit: CONTINUOUS_BUFFERS.signals }));
    assert.equal(listed.length, CONTINUOUS_BUFFERS.signals);
    const times = listed.map(({ candleCloseTime }) => candleCloseTime);
    assert.deepEqual(times, times.toSorted().toReversed());
    assert.equal(times.at(-1), sampleSignal(5).candleCloseTime, 'the five oldest are gone');
  });

  it('lists what is asked for', () => {
    const book = new SignalBook();
    const all: ContinuousSignal[] = [
      sampleSignal(1, { combined_score: 90, signal_type: 'STRONG_BUY' }),
      sampleSignal(2, { combined_score: 30, signal_type: 'NEUTRAL', exchange: 'another' }),
      sampleSignal(3, {
        combined_score: 60,
        signal_type: 'STRONG_BUY',
        symbol: 'ETH/USDT',
        style: 'scalp',
        timeframe: '5m',
      }),
    ];
    for (const signal of all) book.add(signal);
    const hours = (changes: object) => book.list(query(changes)).map((signal) => all.indexOf(signal) + 1);
    assert.deepEqual(hours({}), [3, 2, 1]);
    assert.deepEqual(hours({ min_score: 60 }), [3, 1]);
    assert.deepEqual(hours({ limit: 1 }), [3]);
    assert.deepEqual(hours({ timeframe: 'swing' }), [2, 1]);
    assert.deepEqual(hours({ timeframe: '5m' }), [3]);
    assert.deepEqual(hours({ symbol: 'ETH/USDT' }), [3]);
    assert.deepEqual(hours({ exchange: 'another' }), [2]);
    assert.deepEqual(hours({ signal_type: 'STRONG_BUY', limit: 1, symbol: 'BTC/USDT' }), [1]);
  });

  it('knows the newest signal of each series: the same symbol on two exchanges is two', () => {
    const book = new SignalBook();
    const here = sampleSignal(1, { signal_type: 'WEAK_BUY' });
    const there = sampleSignal(1, { exchange: 'another', signal_type: 'WEAK_SELL' });
    for (const signal of [sampleSignal(0), here, there]) book.add(signal);
    assert.deepEqual(book.styles('recorded', 'BTC/USDT'), { swing: here });
    assert.deepEqual(book.styles('another', 'BTC/USDT'), { swing: there });
    assert.equal(book.newest(here), here);
    assert.equal(book.newest({ ...here, timeframe: '2h' }), null, 'the style had another timeframe');
    assert.equal(book.active, 2);
    book.add(sampleSignal(2, { signal_type: 'NEUTRAL' }));
    assert.equal(book.active, 1);
  });

  it('forgets series that are followed no longer, but for the list', () => {
    const book = new SignalBook();
    const kept = sampleSignal(1, { signal_type: 'WEAK_BUY' });
    for (const signal of [kept, sampleSignal(1, { symbol: 'ETH/USDT' }), sampleSignal(1, { style: 'scalp' })])
      book.add(signal);
    book.keepOnly([kept, { ...kept, style: 'position' }]);
    assert.deepEqual(book.styles('recorded', 'BTC/USDT'), { swing: kept });
    assert.deepEqual(book.styles('recorded', 'ETH/USDT'), {});
    assert.deepEqual([book.active, book.size], [1, 3]);
  });

  it('takes a signal that was told long ago without listing it', () => {
    const book = new SignalBook();
    book.recall(sampleSignal(1));
    assert.deepEqual([book.size, book.list(query()).length], [0, 0]);
    assert.ok(book.styles('recorded', 'BTC/USDT').swing);
  });
});
