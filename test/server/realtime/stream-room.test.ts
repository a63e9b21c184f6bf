import assert from 'node:assert/strict';
import { type RoomMember, StreamRoom } from '@fast-scanner/server/realtime/stream-room.ts';
import type { StoredEvent } from '@fast-scanner/server/store/store.ts';
import fc from 'fast-check';

const toEvent = (seq: number): StoredEvent => ({ streamId: 's', seq, at: 0, type: 'scanError', payload: {} });

/** A room over a log that publishes later than it stores, as every real one does. */
class World {
  stored = 0;
  readonly unpublished: StoredEvent[][] = [];
  readonly members: Member[] = [];
  readonly inRoom = new Set<Member>();
  broadcasts = 0;
  readonly room = new StreamRoom({
    broadcast: (event) => {
      this.broadcasts += 1;
      for (const member of this.inRoom) member.received.push(event.seq);
    },
    onDelivered: () => undefined,
  });

  commit(count: number): void {
    const events = Array.from({ length: count }, (_, index) => toEvent(this.stored + index + 1));
    this.stored += count;
    this.unpublished.push(events);
  }

  publish(terminal = false): void {
    const events = this.unpublished.shift();
    if (events) this.room.publish(events, terminal);
  }
}

class Member implements RoomMember {
  readonly received: number[] = [];
  readonly isFiltered: boolean;
  readonly #world: World;
  lastSeq = 0;
  /** Whether it has to read the log. */
  isReading = true;
  closed = false;
  #page: { readonly to: number; readonly end: number } | null = null;

  constructor(world: World, isFiltered: boolean) {
    this.#world = world;
    this.isFiltered = isFiltered;
  }

  /** One page of the log. What is stored meanwhile is not in it. */
  read(limit: number): void {
    if (!this.isReading || this.closed) return;
    const to = Math.min(this.#world.stored, this.lastSeq + limit);
    this.#page = { to, end: this.#world.stored };
  }

  /** The page has come: the attempt to be admitted at its end. */
  arrive(): void {
    const page = this.#page;
    this.#page = null;
    if (!page || !this.isReading || this.closed) return;
    this.deliver(
      Array.from({ length: page.to - this.lastSeq }, (_, index) => toEvent(this.lastSeq + index + 1)),
    );
    if (this.lastSeq === page.end) this.isReading = !this.#world.room.admit(this);
  }

  finishReading(): void {
    for (let page = 0; this.isReading && page < 100; page += 1) {
      this.arrive();
      this.read(1000);
    }
  }

  join(): void {
    this.#world.inRoom.add(this);
  }

  deliver(events: readonly StoredEvent[]): void {
    for (const { seq } of events) {
      if (seq <= this.lastSeq) continue;
      this.received.push(seq);
      this.lastSeq = seq;
    }
  }

  close(): void {
    this.closed = true;
    this.#world.room.remove(this);
    this.#world.inRoom.delete(this);
  }

  dropIfStalled(): void {}
}

const step = fc.oneof(
  fc.record({ do: fc.constant('commit' as const), count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('publish' as const) }),
  fc.record({ do: fc.constant('enter' as const), filtered: fc.boolean() }),
  fc.record({ do: fc.constant('read' as const), who: fc.nat(), limit: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constant('arrive' as const), who: fc.nat() }),
);

function assertComplete(world: World): void {
  const all = Array.from({ length: world.stored }, (_, index) => index + 1);
  for (const member of world.members) assert.deepEqual(member.received, all);
}

describe('a stream room', () => {
  it('gives every member every event once and in order, however reading, storing and publishing interleave', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const world = new World();
        const someone = (who: number) => world.members[who % Math.max(1, world.members.length)];
        for (const move of steps) {
          if (move.do === 'commit') world.commit(move.count);
          else if (move.do === 'publish') world.publish();
          else if (move.do === 'enter') world.members.push(new Member(world, move.filtered));
          else if (move.do === 'read') someone(move.who)?.read(move.limit);
          else someone(move.who)?.arrive();
        }
        while (world.unpublished.length > 0) world.publish();
        for (const member of world.members) member.finishReading();
        assertComplete(world);
        world.commit(2);
        world.publish(true);
        assertComplete(world);
        assert.ok(world.members.every(({ closed }) => closed));
      }),
      { numRuns: 500, seed: 5 },
    );
  });

  it('serves all that have caught up with one broadcast', () => {
    const world = new World();
    world.commit(3);
    world.publish();
    const members = Array.from({ length: 100 }, () => new Member(world, false));
    for (const member of members) member.finishReading();
    world.commit(1);
    world.publish();
    assert.equal(world.broadcasts, 1);
    assert.equal(world.inRoom.size, 100);
    const late = new Member(world, false);
    late.finishReading();
    assert.ok(world.inRoom.has(late), 'it joins at once where the room knows its position');
  });
});
