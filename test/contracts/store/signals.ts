import assert from 'node:assert/strict';
import type { SignalRecord } from '@fast-scanner/server/store/signal-record.ts';
import { job, range } from './records.ts';
import { HOUR_MS, outcome, predicted, signal } from './signal-records.ts';
import type { StoreBench } from './store-bench.ts';

const LABELLED = outcome({ predictionLabel: 1 });

/** What a signal that is kept without regime and prediction is said with later, and what of it is kept. */
const FILLS: readonly (readonly [
  what: string,
  kept: SignalRecord,
  said: SignalRecord,
  filled: Partial<SignalRecord>,
])[] = [
  ['the regime', signal(), signal({ regime: 'ranging' }), { regime: 'ranging' }],
  ['no other regime', signal({ regime: 'ranging' }), signal({ regime: 'trending_up' }), {}],
  ['the prediction with its model', signal(), predicted('model-1'), predictionOf(predicted('model-1'))],
  ['no other prediction', predicted('model-1', 0.7), predicted('model-2', 0.2), {}],
  ['no model of another prediction', predicted('model-1'), predicted('model-2'), {}],
  [
    'stop and target of the same direction',
    signal({ stop: null, target: null }),
    signal(),
    { stop: 95, target: 110 },
  ],
  [
    'no stop and target of another direction',
    signal({ stop: null, target: null, direction: 'none' }),
    signal(),
    {},
  ],
  [
    'nothing that was said already',
    signal(),
    signal({
      price: 1,
      score: -1,
      stop: 1,
      target: 2,
      signalType: 'SELL',
      recordedAt: 1,
      dueAt: 1,
      jobId: 'x',
    }),
    {},
  ],
  ['no outcome', signal(), signal({ outcome: outcome() }), {}],
  [
    'nothing once the outcome is known',
    signal({ outcome: outcome() }),
    { ...predicted('m'), regime: 'r' },
    {},
  ],
];

export function describeSignals(bench: StoreBench): void {
  it('gives a signal back as it was: pending, settled, with everything and with nothing', async () => {
    const store = await bench.open();
    const bare = { stop: null, target: null, jobId: null, direction: 'none' } as const;
    const signals = [
      signal({ id: 'pending' }),
      signal({ id: 'bare', ...bare, outcome: outcome({ outcome: 'none', netReturnPct: null }) }),
      { ...predicted('model-1'), id: 'full', mode: 'swing', regime: 'ranging', outcome: LABELLED },
      signal({ id: 'unknown', outcome: UNKNOWN }),
    ];
    await store.commit({ putSignals: signals });
    for (const one of signals) assert.deepEqual(await store.getSignal(one.id), one);
    assert.equal(await store.getSignal('nobody'), null);
  });

  it('fills in what a signal did not say before, and nothing else', async () => {
    const store = await bench.open();
    const named = FILLS.map(([id, kept, said, filled]) => ({ id, kept, said, filled }));
    await store.commit({ putSignals: named.map(({ id, kept }) => ({ ...kept, id })) });
    await store.commit({ putSignals: named.map(({ id, said }) => ({ ...said, id })) });
    for (const { id, kept, filled } of named)
      assert.deepEqual(await store.getSignal(id), { ...kept, ...filled, id }, id);
  });

  it('settles a signal once, also in the batch that puts it', async () => {
    const store = await bench.open();
    const [first, later] = [outcome(), outcome({ outcome: 'stop', netReturnPct: -5 })];
    const settle = (...ids: string[]) => ids.map((id) => ({ id, outcome: first }));
    await store.commit({ putSignals: [signal({ id: 'a' })], settleSignals: settle('a', 'nobody') });
    await store.commit({ settleSignals: [{ id: 'a', outcome: later }] });
    await store.commit({ putSignals: [signal({ id: 'b', outcome: first })] });
    await store.commit({ settleSignals: [{ id: 'b', outcome: later }] });
    for (const id of ['a', 'b'])
      assert.deepEqual(await store.getSignal(id), signal({ id, outcome: first }), id);
    assert.equal(await store.getSignal('nobody'), null);
  });

  it('refuses loudly what cannot be stored, wherever it stands', async () => {
    const store = await bench.open();
    const { provenance } = signal();
    const unfaithful: readonly Partial<SignalRecord>[] = [
      { score: Number.NaN },
      { dueAt: Number.POSITIVE_INFINITY },
      { prediction: { probabilityUp: 0.5, horizonCandles: 4, up: Number.NaN, down: 1 } },
      { provenance: { ...provenance, rules: { quick: Number.NaN } } },
      { outcome: outcome({ entry: Number.NaN }) },
      { outcome: outcome({ forwardReturnPct: Number.NaN }) },
    ];
    for (const changes of unfaithful)
      await assert.rejects(
        store.commit({ putSignals: [signal({ id: 'good' }), signal(changes)] }),
        TypeError,
      );
    assert.deepEqual(await store.listSignals({ limit: 9 }), []);
  });

  it('lists the due ones of an exchange page by page, without those that are settled', async () => {
    const store = await bench.open();
    const due = range(1, 6).map((number) =>
      predictedAt(`due-${7 - number}`, Math.ceil(number / 2) * HOUR_MS),
    );
    await store.commit({
      putSignals: [
        ...due,
        signal({ id: 'settled', dueAt: 1, outcome: outcome() }),
        signal({ id: 'later', dueAt: 4 * HOUR_MS }),
        signal({ id: 'other', dueAt: 1, exchange: 'files' }),
      ],
    });
    const query = { exchange: 'demo', dueBefore: 3 * HOUR_MS, limit: 4 };
    const first = await store.listDueSignals(query);
    const last = first.at(-1) ?? assert.fail();
    const rest = await store.listDueSignals({ ...query, after: last });
    const ids = ['due-5', 'due-6', 'due-3', 'due-4', 'due-1', 'due-2'];
    assert.deepEqual(
      [...first, ...rest].map(({ id }) => id),
      ids,
    );
    const { id, exchange, symbol, timeframe, candleCloseTime, ...more } = due[1] ?? assert.fail();
    const { direction, price, stop, target, horizonCandles, prediction, dueAt } = more;
    const decided = { direction, price, stop, target, horizonCandles, prediction, dueAt };
    assert.deepEqual(first[0], { id, exchange, symbol, timeframe, candleCloseTime, ...decided });
    assert.equal((await store.listDueSignals({ ...query, exchange: 'files' }))[0]?.prediction, null);
  });

  it('tells a new version after every change of signals, and the same after all else', async () => {
    let store = await bench.open();
    const versions = [await store.signalsVersion()];
    const note = async () => versions.push(await store.signalsVersion());
    await store.commit({ putSignals: [signal({ id: 'a' }), signal({ id: 'b' })] }).then(note);
    await store.commit({ putSignals: [signal({ id: 'a', regime: 'ranging' })] }).then(note);
    await store.commit({ settleSignals: [{ id: 'a', outcome: outcome() }] }).then(note);
    await store.deleteSignals({ settled: true }, 1).then(note);
    assert.equal(new Set(versions).size, versions.length);

    await store.commit({ createJobs: [job()], putSignals: [signal({ id: 'b' })] });
    await store.commit({ settleSignals: [{ id: 'a', outcome: outcome() }] });
    assert.equal(await store.deleteSignals({ settled: true }, 1), 0);
    const refused = { putSignals: [signal({ id: 'b', regime: 'ranging' })], createJobs: [job()] };
    await assert.rejects(store.commit(refused), { code: 'conflict' });
    store = await bench.reopen(store);
    assert.deepEqual(await store.getSignal('b'), signal({ id: 'b' }));
    assert.equal(await store.signalsVersion(), versions.at(-1));
  });

  it('deletes matching signals, the oldest candle first, and at most so many', async () => {
    const store = await bench.open();
    const putSignals = range(1, 6).map((hour) =>
      signal({ id: `s${hour}`, candleCloseTime: hour * HOUR_MS, origin: hour % 2 ? 'replay' : 'scan' }),
    );
    await store.commit({ putSignals });
    assert.equal(await store.deleteSignals({ origin: 'replay', to: 6 * HOUR_MS }, 2), 2);
    assert.equal(await store.deleteSignals({ to: 2 * HOUR_MS }, 9), 0);
    assert.equal(await store.deleteSignals({ from: 6 * HOUR_MS }, 9), 1);
    const kept = (await store.listSignals({ limit: 9 })).map(({ id }) => id);
    assert.deepEqual(kept, ['s5', 's4', 's2']);
    assert.equal(await store.getSignal('s1'), null);
    await store.commit({ putSignals: [signal({ id: 's1', regime: 'new' })] });
    assert.deepEqual(await store.getSignal('s1'), signal({ id: 's1', regime: 'new' }));
  });
}

const UNKNOWN = outcome({
  outcome: 'unknown',
  reason: 'the symbol was delisted',
  entry: null,
  forwardReturnPct: null,
  netReturnPct: null,
  favourablePct: null,
  adversePct: null,
  candles: null,
  exitTime: null,
});

function predictionOf({ prediction, provenance }: SignalRecord): Partial<SignalRecord> {
  return { prediction, provenance };
}

function predictedAt(id: string, dueAt: number): SignalRecord {
  return { ...predicted('model-1'), id, dueAt };
}
