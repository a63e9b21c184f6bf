import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Publication, PublishOrder } from '@fast-scanner/server/streams/publish-order.ts';
import fc from 'fast-check';
import { range } from '../../contracts/store/records.ts';

const A = new Set(['a']);

function publication(streamId: string, seqs: readonly number[]): Publication {
  const events = seqs.map((seq) => ({ streamId, seq, type: 't', payload: {}, at: 0 }));
  return { streamId, events, terminal: false };
}

describe('the order of publication', () => {
  let published: string[];
  let order: PublishOrder;

  beforeEach(() => {
    published = [];
    order = new PublishOrder(({ streamId, events }) => {
      published.push(...events.map(({ seq }) => `${streamId}${seq}`));
    });
  });

  it('holds an answer back until the commits that began before it are answered, and settles with its publication', async () => {
    const [slow, fast] = [order.begin(A), order.begin(A)];
    let isSettled = false;
    const settled = order.end(fast, A, [publication('a', [2])]).then(() => {
      isSettled = true;
    });
    await nextTurn();
    assert.deepEqual([published, isSettled], [[], false]);
    await order.end(slow, A, [publication('a', [1])]);
    await settled;
    assert.deepEqual(published, ['a1', 'a2']);
  });

  it('does not wait for a commit that was refused, nor for one of another stream', async () => {
    const [refused, good] = [order.begin(A), order.begin(A)];
    order.begin(new Set(['b']));
    const settled = order.end(good, A, [publication('a', [1])]);
    await order.end(refused, A, []);
    await settled;
    assert.deepEqual(published, ['a1']);
  });

  it('does not wait for commits that begin later, however many there are', async () => {
    const [slow, fast] = [order.begin(A), order.begin(A)];
    const settled = order.end(fast, A, [publication('a', [2])]);
    order.begin(A);
    await order.end(slow, A, []);
    await settled;
    assert.deepEqual(published, ['a2']);
  });

  it('publishes in seq order in whatever order commits are answered', async () => {
    const commit = fc.record({
      streams: fc.uniqueArray(fc.constantFrom('a', 'b'), { minLength: 1 }),
      count: fc.integer({ min: 1, max: 3 }),
      refused: fc.constantFrom(false, false, true),
      beginsAt: fc.nat(6),
      writesAfter: fc.nat(4),
      answersAfter: fc.nat(8),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(commit, { maxLength: 12 }), async (commits) => {
        published = [];
        const lastSeqs = new Map<string, number>();
        const write = (streamId: string, count: number) => {
          const last = lastSeqs.get(streamId) ?? 0;
          lastSeqs.set(streamId, last + count);
          return publication(streamId, range(last + 1, last + count));
        };
        await Promise.all(
          commits.map(async ({ streams, count, refused, beginsAt, writesAfter, answersAfter }) => {
            await turns(beginsAt);
            const streamIds = new Set(streams);
            const number = order.begin(streamIds);
            await turns(writesAfter);
            const written = refused ? [] : streams.map((streamId) => write(streamId, count));
            await turns(answersAfter);
            await order.end(number, streamIds, written);
          }),
        );
        for (const streamId of ['a', 'b']) {
          const seqs = published.filter((name) => name.startsWith(streamId));
          assert.deepEqual(
            seqs,
            range(1, lastSeqs.get(streamId) ?? 0).map((seq) => streamId + seq),
          );
        }
      }),
      { numRuns: 100, seed: 19 },
    );
  });
});

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
}
