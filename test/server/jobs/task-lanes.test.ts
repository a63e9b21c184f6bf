import assert from 'node:assert/strict';
import { TaskLanes } from '@fast-scanner/server/jobs/task-lanes.ts';
import type { Priority } from '@fast-scanner/server/jobs/work-queue.ts';

interface Named {
  readonly name: string;
  readonly owner: string;
  readonly priority: Priority;
}

function task(name: string, owner: string, priority: Priority = 'interactive'): Named {
  return { name, owner, priority };
}

function takeAll(lanes: TaskLanes<Named>): string[] {
  const names: string[] = [];
  for (let next = lanes.take(); next; next = lanes.take()) names.push(next.name);
  return names;
}

describe('TaskLanes', () => {
  it('is empty at first and after everything was taken', () => {
    const lanes = new TaskLanes<Named>();
    assert.equal(lanes.take(), null);
    lanes.add(task('a1', 'a'));
    assert.equal(lanes.size, 1);
    assert.deepEqual(takeAll(lanes), ['a1']);
    assert.equal(lanes.size, 0);
  });

  it('sends an owner that left and comes back to the end of the turn', () => {
    const lanes = new TaskLanes<Named>();
    const left = task('a1', 'a');
    lanes.add(left);
    lanes.add(task('b1', 'b'));
    lanes.remove(left);
    lanes.add(task('a2', 'a'));
    assert.deepEqual(takeAll(lanes), ['b1', 'a2']);
  });

  it('keeps the turn of an owner of whose tasks one is removed', () => {
    const lanes = new TaskLanes<Named>();
    const left = task('a1', 'a');
    for (const waiting of [left, task('a2', 'a'), task('b1', 'b')]) lanes.add(waiting);
    lanes.remove(left);
    lanes.remove(left);
    assert.equal(lanes.size, 2);
    assert.deepEqual(takeAll(lanes), ['a2', 'b1']);
  });

  it('keeps the turns of the two priorities apart', () => {
    const lanes = new TaskLanes<Named>();
    for (const name of ['a1', 'a2']) lanes.add(task(name, 'a', 'scheduled'));
    lanes.add(task('b1', 'b', 'scheduled'));
    lanes.add(task('a3', 'a'));
    assert.deepEqual(takeAll(lanes), ['a3', 'a1', 'b1', 'a2']);
  });
});
