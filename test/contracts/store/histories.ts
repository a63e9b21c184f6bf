import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store, StoredEvent } from '@fast-scanner/server/store/store.ts';
import fc from 'fast-check';
import { job, range, someEvents } from './records.ts';
import type { StoreBench } from './store-bench.ts';

/** A batch that appends so many events to each of some streams. */
interface PlannedBatch {
  readonly appends: readonly { readonly stream: number; readonly count: number }[];
  /** Has a part that is refused. */
  readonly fails: boolean;
  /** Comes a turn of the event loop after the one before it. */
  readonly inNextTurn: boolean;
}

const STREAMS = 3;

const plannedBatch = fc.record({
  appends: fc.array(fc.record({ stream: fc.nat(STREAMS - 1), count: fc.constantFrom(0, 1, 1, 2, 5, 40) }), {
    maxLength: 3,
  }),
  fails: fc.constantFrom(false, false, false, true),
  inNextTurn: fc.boolean(),
});

interface Outcome {
  readonly plan: PlannedBatch;
  /** `null`: refused. */
  readonly events: readonly StoredEvent[] | null;
}

export function describeHistories(bench: StoreBench): void {
  it('numbers overlapping commits without a hole, keeps nothing of the refused and all of the others when opened again', async () => {
    let store = await bench.open();
    await store.commit({ createJobs: [job()] });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(plannedBatch, { maxLength: 15 }), async (plans) => {
        round += 1;
        const outcomes = await play(store, plans, `round-${round}`);
        assert.deepEqual(
          outcomes.map(({ events }) => events === null),
          plans.map(({ fails }) => fails),
        );
        await assertKept(store, outcomes, `round-${round}`);
        store = await bench.reopen(store);
        await assertKept(store, outcomes, `round-${round}`);
      }),
      { numRuns: 25, seed: 11 },
    );
  });
}

function play(store: Store, plans: readonly PlannedBatch[], round: string): Promise<Outcome[]> {
  let turn = Promise.resolve<unknown>(null);
  return Promise.all(
    plans.map(async (plan, index): Promise<Outcome> => {
      if (plan.inNextTurn) turn = turn.then(() => nextTurn());
      await turn;
      const appendEvents = plan.appends.map(({ stream, count }) => ({
        streamId: `${round}-${stream}`,
        events: someEvents(count, `batch ${index}`),
      }));
      const refused = { createJobs: [job()] };
      const commit = store.commit({ appendEvents, ...(plan.fails ? refused : {}) });
      return commit.then(
        ({ events }) => ({ plan, events }),
        () => ({ plan, events: null }),
      );
    }),
  );
}

/** Each stream holds exactly what its resolved commits were answered, numbered from 1. */
async function assertKept(store: Store, outcomes: readonly Outcome[], round: string): Promise<void> {
  const answered = outcomes.flatMap(({ events }) => events ?? []);
  const promised = outcomes.flatMap(({ plan, events }) => (events ? plan.appends : []));
  assert.equal(
    answered.length,
    promised.reduce((sum, { count }) => sum + count, 0),
  );
  for (const stream of range(0, STREAMS - 1)) {
    const streamId = `${round}-${stream}`;
    const { events, lastSeq } = await store.readEvents(streamId, 0, 10_000);
    const expected = answered.filter((event) => event.streamId === streamId);
    assert.deepEqual(
      events,
      expected.toSorted((left, right) => left.seq - right.seq),
    );
    assert.deepEqual(
      events.map(({ seq }) => seq),
      range(1, lastSeq),
    );
  }
}
