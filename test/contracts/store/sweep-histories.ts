import assert from 'node:assert/strict';
import type { EventPage, JobChange, JobRecord, Store, WriteBatch } from '@fast-scanner/server/store/store.ts';
import fc from 'fast-check';
import { item, range, run, someEvents } from './records.ts';
import type { StoreBench } from './store-bench.ts';

const WRITES = ['create', 'start', 'put', 'append', 'endStream', 'end', 'finish'] as const;

/** One step of a history of a few runs. */
interface Step {
  readonly action: (typeof WRITES)[number] | 'sweep';
  /** Index of the run, which a sweep does not look at. */
  readonly of: number;
  /** Items or events to write, or runs to sweep at most. */
  readonly count: number;
}

/** All that can be read of a run. */
interface Seen {
  readonly id: string;
  readonly record: JobRecord | null;
  readonly items: number;
  readonly page: EventPage;
}

const RUNS = 3;
/** Steps since its end after which a run is old enough. */
const OLD = 3;

/** Starts and finishes come twice as often as the rest, so that runs get as far as a sweep. */
const history: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    action: fc.constantFrom(...WRITES, 'start' as const, 'finish' as const, 'sweep' as const),
    of: fc.nat(RUNS - 1),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 30, maxLength: 45 },
);

export function describeSweepHistories(bench: StoreBench): void {
  it('leaves no hole in a stream, nothing after its end and no items of a swept run, in whatever order things are done', async () => {
    const store = await bench.open();
    const outcomes = new Set<string>();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        round += 1;
        for (const [time, step] of steps.entries())
          for (const outcome of await play(store, `run-${round}`, step, time)) outcomes.add(outcome);
      }),
      { numRuns: 8, seed: 17 },
    );
    const wanted = WRITES.flatMap((action) => [`${action} is accepted`, `${action} is refused`]);
    assert.deepEqual([...outcomes].sort(), [...wanted, 'put to a swept run', 'sweep of runs'].sort());
  });
}

/** Takes a step, checks what it did to every run, and answers what came of it. */
async function play(store: Store, kind: string, step: Step, time: number): Promise<readonly string[]> {
  const before = await seeAll(store, kind);
  const target = before[step.of] ?? assert.fail();
  const due = step.action === 'sweep' ? dueIds(before, time).slice(0, step.count) : [];
  const isAccepted = step.action !== 'sweep' && mustAccept(target, step);
  if (step.action === 'sweep')
    assert.deepEqual(await store.sweepEndedJobs(kind, time - OLD, step.count), due);
  else if (isAccepted) await store.commit(toBatch(target.id, kind, step, time));
  else await assert.rejects(store.commit(toBatch(target.id, kind, step, time)), { code: 'conflict' });

  for (const [index, seen] of (await seeAll(store, kind)).entries()) {
    const earlier = before[index] ?? assert.fail();
    assertSound(seen, earlier);
    if (due.includes(seen.id)) assert.notEqual(seen.record?.sweptAt, null);
    else if (!isAccepted || index !== step.of) assert.deepEqual(seen, earlier);
  }
  if (step.action === 'sweep') return due.length > 0 ? ['sweep of runs'] : [];
  const outcome = `${step.action} is ${isAccepted ? 'accepted' : 'refused'}`;
  return step.action === 'put' && target.record?.sweptAt ? [outcome, 'put to a swept run'] : [outcome];
}

/** What holds of a run at any time. */
function assertSound({ record, items, page }: Seen, earlier: Seen): void {
  assert.deepEqual(
    page.events.map(({ seq }) => seq),
    range(page.firstSeq, page.lastSeq),
  );
  if (earlier.page.terminal) assert.deepEqual([page.terminal, page.lastSeq], [true, earlier.page.lastSeq]);
  if (earlier.record?.sweptAt) assert.deepEqual(record, earlier.record);
  if (record?.sweptAt) assert.deepEqual([items, page.events.length, page.terminal], [0, 0, true]);
}

function mustAccept({ record, page }: Seen, { action }: Step): boolean {
  switch (action) {
    case 'create':
      return record === null;
    case 'start':
      return record?.status === 'queued';
    case 'put':
      return record !== null && record.sweptAt === null;
    case 'end':
      return record?.status === 'running';
    case 'finish':
      return record?.status === 'running' && !page.terminal;
    default:
      return !page.terminal;
  }
}

function toBatch(id: string, kind: string, { action, count }: Step, time: number): WriteBatch {
  const start: JobChange = { id, from: ['queued'], set: { status: 'running', startedAt: time } };
  const end: JobChange = { id, from: ['running'], set: { status: 'completed', endedAt: time } };
  const append = { streamId: `${kind}:${id}`, events: someEvents(count) };
  switch (action) {
    case 'create':
      return { createJobs: [run({ id, kind })] };
    case 'start':
      return { changeJobs: [start] };
    case 'put':
      return { putItems: range(1, count).map((number) => item({ jobId: id, item: `S${number}/USDT` })) };
    case 'end':
      return { changeJobs: [end] };
    case 'finish':
      return { changeJobs: [end], appendEvents: [{ ...append, terminal: true }] };
    default:
      return { appendEvents: [{ ...append, terminal: action === 'endStream' }] };
  }
}

function dueIds(runs: readonly Seen[], time: number): string[] {
  return runs
    .flatMap(({ record }) => (record?.endedAt != null && record.sweptAt === null ? [record] : []))
    .filter(({ endedAt }) => Number(endedAt) < time - OLD)
    .sort((left, right) => Number(left.endedAt) - Number(right.endedAt))
    .map(({ id }) => id);
}

function seeAll(store: Store, kind: string): Promise<Seen[]> {
  return Promise.all(range(0, RUNS - 1).map((index) => see(store, kind, `${kind}-${index}`)));
}

async function see(store: Store, kind: string, id: string): Promise<Seen> {
  const items = (await store.listItems(id)).length;
  return {
    id,
    record: await store.getJob(id),
    items,
    page: await store.readEvents(`${kind}:${id}`, 0, 1000),
  };
}
