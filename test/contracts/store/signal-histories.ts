import assert from 'node:assert/strict';
import type { ScoredSignal, SignalFilter, SignalRecord } from '@fast-scanner/server/store/signal-record.ts';
import type { Store } from '@fast-scanner/server/store/store.ts';
import type { SignalOutcome } from '@fast-scanner/shared';
import fc from 'fast-check';
import { HOUR_MS, outcome, predicted, signal } from './signal-records.ts';
import type { StoreBench } from './store-bench.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const price = fc.constantFrom(null, 90, 110.25);

/** Says a signal; who says it again may say something else of the same candle. */
const said = fc
  .record({
    id: fc.constantFrom(...IDS),
    direction: fc.constantFrom('long' as const, 'short' as const),
    regime: fc.constantFrom(null, null, 'ranging', 'trending_up'),
    stop: price,
    target: price,
    score: fc.integer({ min: -100_000, max: 100_000 }).map((thousandths) => thousandths / 1000),
    modelId: fc.constantFrom(null, null, 'model-1', 'model-2'),
    outcome: fc.constantFrom(null, null, null, outcome({ outcome: 'stop' })),
  })
  .map(({ id, modelId, ...changes }): SignalRecord => {
    const place = IDS.indexOf(id);
    const fixed = { id, candleCloseTime: Math.ceil(place / 2) * HOUR_MS, symbol: place < 4 ? 'A/B' : 'C/D' };
    return { ...(modelId ? predicted(modelId) : signal()), ...changes, ...fixed };
  });

const settled = fc.record({
  id: fc.constantFrom(...IDS),
  outcome: fc.constantFrom(outcome(), outcome({ predictionLabel: 0, netReturnPct: -1.5 })),
});

const filter: fc.Arbitrary<SignalFilter> = fc.record(
  {
    symbol: fc.constantFrom('A/B', 'C/D'),
    regime: fc.constantFrom('ranging', 'trending_up'),
    settled: fc.boolean(),
    origin: fc.constantFrom('scan' as const, 'replay' as const),
    from: fc.nat(3).map((hour) => hour * HOUR_MS),
    to: fc.nat(4).map((hour) => hour * HOUR_MS),
  },
  { requiredKeys: [] },
);

interface Step {
  readonly puts: readonly SignalRecord[];
  readonly settles: readonly { readonly id: string; readonly outcome: SignalOutcome }[];
  /** Deletes first. */
  readonly deletes: { readonly filter: SignalFilter; readonly limit: number } | null;
}

const step: fc.Arbitrary<Step> = fc.record({
  puts: fc.array(said, { maxLength: 4 }),
  settles: fc.array(settled, { maxLength: 2 }),
  deletes: fc.option(fc.record({ filter, limit: fc.integer({ min: 1, max: 3 }) }), { freq: 5 }),
});

export function describeSignalHistories(bench: StoreBench): void {
  it('keeps what a plain map would keep, through puts, outcomes, deletions and restarts', async () => {
    let store = await bench.open();
    let round = 0;
    const steps = fc.array(step, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(steps, filter, fc.integer({ min: 1, max: 4 }), async (history, query, limit) => {
        round += 1;
        await store.deleteSignals({}, IDS.length);
        const kept = new Map<string, SignalRecord>();
        for (const { puts, settles, deletes } of history) {
          const [before, version] = [structuredClone([...kept.values()]), await store.signalsVersion()];
          if (deletes) {
            const count = await store.deleteSignals(deletes.filter, deletes.limit);
            assert.equal(count, deleteFrom(kept, deletes.filter, deletes.limit));
          }
          await store.commit({ putSignals: puts, settleSignals: settles });
          for (const put of puts) kept.set(put.id, expectedOf(kept.get(put.id), put));
          for (const { id, outcome } of settles) settleIn(kept, id, outcome);
          const isSame = JSON.stringify(before) === JSON.stringify([...kept.values()]);
          if (!isSame) assert.notEqual(await store.signalsVersion(), version);
        }
        if (round % 8 === 0) store = await bench.reopen(store);
        await assertKept(store, kept);
        await assertListed(store, kept, query, limit);
      }),
      { numRuns: 25, seed: 23 },
    );
  });
}

/** What is kept of a signal that is said, perhaps again. */
function expectedOf(kept: SignalRecord | undefined, put: SignalRecord): SignalRecord {
  if (!kept) return put;
  if (kept.outcome) return kept;
  const side = kept.direction === put.direction ? put : kept;
  const { prediction, provenance } = kept.prediction ? kept : put;
  return {
    ...kept,
    regime: kept.regime ?? put.regime,
    stop: kept.stop ?? side.stop,
    target: kept.target ?? side.target,
    prediction,
    provenance,
  };
}

function settleIn(kept: Map<string, SignalRecord>, id: string, said: SignalOutcome): void {
  const pending = kept.get(id);
  if (pending && !pending.outcome) kept.set(id, { ...pending, outcome: said });
}

function deleteFrom(kept: Map<string, SignalRecord>, unwanted: SignalFilter, limit: number): number {
  const matching = matchingOf(kept, unwanted).toReversed().slice(0, limit);
  for (const { id } of matching) kept.delete(id);
  return matching.length;
}

async function assertKept(store: Store, kept: ReadonlyMap<string, SignalRecord>): Promise<void> {
  for (const id of IDS) assert.deepEqual(await store.getSignal(id), kept.get(id) ?? null);
  const due = await store.listDueSignals({ exchange: 'demo', dueBefore: 1e15, limit: 99 });
  const pending = [...kept.values()].filter((one) => !one.outcome).map(({ id }) => id);
  assert.deepEqual(
    due.map(({ id }) => id),
    pending.sort(),
  );
}

/** Both listings, page by page, have what matches and nothing else. */
async function assertListed(
  store: Store,
  kept: ReadonlyMap<string, SignalRecord>,
  query: SignalFilter,
  limit: number,
): Promise<void> {
  const expected = matchingOf(kept, query);
  const listed: SignalRecord[] = [];
  for (;;) {
    const before = listed.at(-1);
    const page = await store.listSignals({ ...query, limit, ...(before && { before }) });
    listed.push(...page);
    if (page.length < limit) break;
  }
  assert.deepEqual(listed, expected);
  const scored: ScoredSignal[] = [];
  for (;;) {
    const page = await store.listScoredSignals(query, scored.at(-1)?.id ?? '', limit);
    scored.push(...page);
    if (page.length < limit) break;
  }
  assert.deepEqual(
    scored,
    expected.map(scoredOf).sort(({ id: left }, { id: right }) => (left < right ? -1 : 1)),
  );
}

/** Newest candle first, then by id. */
function matchingOf(kept: ReadonlyMap<string, SignalRecord>, wanted: SignalFilter): SignalRecord[] {
  const { symbol, regime, settled: isSettled, origin, from = 0, to = Number.POSITIVE_INFINITY } = wanted;
  return [...kept.values()]
    .filter(
      (one) =>
        (symbol ?? one.symbol) === one.symbol &&
        (regime ?? one.regime) === one.regime &&
        (isSettled ?? one.outcome !== null) === (one.outcome !== null) &&
        (origin ?? one.origin) === one.origin &&
        one.candleCloseTime >= from &&
        one.candleCloseTime < to,
    )
    .sort((left, right) => right.candleCloseTime - left.candleCloseTime || (left.id < right.id ? 1 : -1));
}

function scoredOf(kept: SignalRecord): ScoredSignal {
  const { id, origin, exchange, symbol, timeframe, candleCloseTime, signalType, direction, mode, regime } =
    kept;
  const { score, horizonCandles } = kept;
  return {
    ...{ id, origin, exchange, symbol, timeframe, candleCloseTime, signalType, direction, mode, regime },
    ...{ score, horizonCandles },
    dataKind: kept.provenance.dataSource.kind,
    probabilityUp: kept.prediction?.probabilityUp ?? null,
    outcome: kept.outcome?.outcome ?? null,
    forwardReturnPct: kept.outcome?.forwardReturnPct ?? null,
    netReturnPct: kept.outcome?.netReturnPct ?? null,
    predictionLabel: kept.outcome?.predictionLabel ?? null,
  };
}
