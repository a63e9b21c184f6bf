import assert from 'node:assert/strict';
import { CONTINUOUS_TOPIC_STREAM } from '@fast-scanner/server/scanners/continuous/continuous-service.ts';
import {
  continuousEventSchemas,
  type SubscribeInput,
  subscriptionSchema,
  TRADING_STYLES,
} from '@fast-scanner/shared';
import fc from 'fast-check';
import { eventually } from '../../support/eventually.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TestWindows } from '../http/test-windows.ts';
import { tell, writtenMarketState, writtenSignal } from '../http/written-signals.ts';
import { EventReader } from './event-reader.ts';

const topic = 'continuous';
const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT'] as const;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a subscription to the continuous scanner', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;
  let reader: EventReader;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
  });
  after(() => windows.close());
  beforeEach(async () => {
    reader = await EventReader.connect(windows.url);
  });
  afterEach(() => reader.close());

  const lastSeq = async () => (await windows.app.eventLog.read(CONTINUOUS_TOPIC_STREAM, 0, 1)).lastSeq;
  const subscribe = async (request: Omit<SubscribeInput, 'topic'> = {}) => {
    const answer = await reader.subscribe({ topic, ...request });
    assert.ok(answer.ok, JSON.stringify(answer));
    return subscriptionSchema.parse(answer.data);
  };
  const expectSeqs = (seqs: readonly number[]) => eventually(() => assert.deepEqual(reader.seqs, [...seqs]));

  it('replays by seq, then goes live', async () => {
    await tell(windows, writtenSignal(), writtenMarketState());
    assert.deepEqual(await subscribe({ afterSeq: 1 }), {
      firstSeq: 1,
      lastSeq: 2,
      snapshot: null,
      terminal: false,
    });
    await expectSeqs([2]);
    await tell(windows, writtenSignal());
    await expectSeqs([2, 3]);
    const [state, signal] = reader.events.map(({ payload }) => payload);
    continuousEventSchemas.marketState.parse(state);
    continuousEventSchemas.continuousSignal.parse(signal);
  });

  it('may ask for symbols, styles and a score, replayed and live; market states always come', async () => {
    const before = await lastSeq();
    const events = [
      writtenSignal({ combined_score: 69.9 }),
      writtenSignal({ combined_score: 70 }),
      writtenSignal({ combined_score: 80, symbol: 'ETH/USDT' }),
      writtenSignal({ combined_score: 80, style: 'position' }),
      writtenMarketState(),
      writtenSignal({ combined_score: 90, style: 'swing' }),
    ];
    await tell(windows, ...events);
    const filter = { symbols: ['BTC/USDT'], styles: ['scalp' as const, 'swing' as const], minScore: 70 };
    await subscribe({ afterSeq: before, ...filter });
    const wanted = [2, 5, 6].map((nth) => before + nth);
    await expectSeqs(wanted);
    await tell(windows, ...events);
    await expectSeqs([...wanted, ...wanted.map((seq) => seq + events.length)]);
  });

  it('brings exactly what is asked for, in order, whatever that is', async () => {
    const before = await lastSeq();
    const signals = SYMBOLS.flatMap((symbol) =>
      TRADING_STYLES.map((style, index) => ({ symbol, style, combined_score: index * 30 })),
    );
    await tell(windows, ...signals.map(writtenSignal), writtenMarketState());
    const filters = fc.record(
      {
        symbols: fc.uniqueArray(fc.constantFrom(...SYMBOLS), { minLength: 1 }),
        styles: fc.uniqueArray(fc.constantFrom(...TRADING_STYLES), { minLength: 1 }),
        minScore: fc.integer({ min: 0, max: 100 }),
      },
      { requiredKeys: [] },
    );
    const holds = async (filter: Omit<SubscribeInput, 'topic'>) => {
      reader.events.length = 0;
      await subscribe({ afterSeq: before, ...filter });
      const { symbols = SYMBOLS, styles = TRADING_STYLES, minScore = 0 } = filter;
      const isWanted = (signal: (typeof signals)[number]) =>
        symbols.includes(signal.symbol) && styles.includes(signal.style) && signal.combined_score >= minScore;
      const wanted = signals.flatMap((signal, index) => (isWanted(signal) ? [before + 1 + index] : []));
      await expectSeqs([...wanted, before + 1 + signals.length]);
    };
    await fc.assert(fc.asyncProperty(filters, holds), { numRuns: 25 });
  });

  it('may ask for styles and a score of no other stream', async () => {
    const refused: readonly (readonly [SubscribeInput, string])[] = [
      [{ topic: 'scans', styles: ['scalp'] }, '/styles'],
      [{ topic: 'prices', symbols: ['BTC/USDT'], minScore: 50 }, '/minScore'],
      [{ scanId: 'scan_1', minScore: 50 }, '/minScore'],
      [{ topic, styles: [] }, '/styles'],
      [{ topic, minScore: 101 }, '/minScore'],
      [{ topic, exchange: 'demo' }, '/exchange'],
    ];
    for (const [request, pointer] of refused) {
      const answer = await reader.subscribe(request);
      assert.ok(!answer.ok && answer.error.code === 'invalid_input', JSON.stringify(request));
      assert.equal(answer.error.errors?.[0]?.pointer, pointer);
    }
  });

  it('ends with unsubscribe', async () => {
    await subscribe({ afterSeq: await lastSeq(), minScore: 50 });
    assert.deepEqual(await reader.socket.emitWithAck('unsubscribe', { topic }), { ok: true, data: {} });
    await tell(windows, writtenSignal());
    await subscribe({ afterSeq: await lastSeq() });
    await tell(windows, writtenSignal());
    await expectSeqs([await lastSeq()]);
  });

  it('to some signals resumes by seq wherever the connection is cut', async () => {
    const proxy = await startTcpProxy(windows.port);
    const before = await lastSeq();
    const cut = new EventReader(proxy.url, {
      reconnection: true,
      reconnectionDelay: 1,
      reconnectionDelayMax: 5,
    });
    cut.socket.on('connect', () => {
      const afterSeq = cut.seqs.at(-1) ?? before;
      void cut.subscribe({ topic, afterSeq, minScore: 50 }).catch(() => undefined); // cut again meanwhile
    });
    for (let count = 0; count < 12; count += 1) {
      await tell(windows, writtenSignal({ combined_score: 40 }), writtenSignal({ combined_score: 60 }));
      if (count % 4 === 2) proxy.cut();
    }
    const wanted = range(1, 12).map((nth) => before + 2 * nth);
    await eventually(() => assert.deepEqual(cut.seqs, wanted));
    cut.close();
    await proxy.close();
  });
});
