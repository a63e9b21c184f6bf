import assert from 'node:assert/strict';
import {
  PRIORITIES,
  type Priority,
  type TaskOptions,
  type WorkQueue,
} from '@fast-scanner/server/jobs/work-queue.ts';
import fc from 'fast-check';
import { eventually } from '../support/eventually.ts';

const INTERACTIVE: TaskOptions = { priority: 'interactive', owner: 'scan' };
const quickly = { intervalMs: 0 };

/** Tasks that say when they start and end when told. */
function stage(queue: WorkQueue) {
  const started: string[] = [];
  const gates = new Map<string, () => void>();
  const submit = (name: string, options: TaskOptions = INTERACTIVE): Promise<string> =>
    queue.run(async () => {
      started.push(name);
      await new Promise<void>((resolve) => gates.set(name, resolve));
      return name;
    }, options);
  const finish = (name: string) => gates.get(name)?.();
  const hasStarted = (...names: string[]) =>
    eventually(() => assert.deepEqual(started.toSorted(), names.toSorted()), quickly);
  return { started, submit, finish, hasStarted };
}

async function drain(queue: WorkQueue): Promise<void> {
  await eventually(() => assert.deepEqual([queue.pending, queue.running], [0, 0]), quickly);
}

/** What every work queue must do. */
export function workQueueContract(name: string, create: (concurrency: number) => Promise<WorkQueue>): void {
  describe(`${name}: work queue contract`, () => {
    const opened: WorkQueue[] = [];
    const open = async (concurrency: number) => {
      const queue = await create(concurrency);
      opened.push(queue);
      return queue;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((queue) => queue.close()));
    });

    describeOutcomes(open);
    describeOrder(open);
    describeAbort(open);
    describeClose(create);
  });
}

type Open = (concurrency: number) => Promise<WorkQueue>;

function describeOutcomes(open: Open): void {
  it('settles with the outcome of the task, thrown errors included', async () => {
    const queue = await open(2);
    assert.equal(await queue.run(async () => 42, INTERACTIVE), 42);
    const failure = new Error('failed');
    await assert.rejects(
      queue.run(() => Promise.reject(failure), INTERACTIVE),
      failure,
    );
    const throwing = () => {
      throw failure;
    };
    await assert.rejects(queue.run(throwing, INTERACTIVE), failure);
    assert.equal(await queue.run(async () => 'goes on', INTERACTIVE), 'goes on');
  });

  it('counts the tasks that run and those that wait', async () => {
    const queue = await open(2);
    const { submit, finish, hasStarted } = stage(queue);
    const results = ['a', 'b', 'c'].map((task) => submit(task));
    await hasStarted('a', 'b');
    assert.deepEqual([queue.running, queue.pending], [2, 1]);
    finish('a');
    await hasStarted('a', 'b', 'c');
    assert.deepEqual([queue.running, queue.pending], [2, 0]);
    finish('b');
    finish('c');
    assert.deepEqual(await Promise.all(results), ['a', 'b', 'c']);
    await drain(queue);
  });

  it('never runs more than its concurrency and settles every task exactly once', async () => {
    const task = fc.record({
      priority: fc.constantFrom(...PRIORITIES),
      owner: fc.constantFrom('a', 'b', 'c'),
      fails: fc.boolean(),
      turns: fc.integer({ min: 0, max: 3 }),
      abort: fc.constantFrom('never', 'never', 'before', 'at once', 'later'),
    });
    const tasks = fc.array(task, { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(tasks, fc.integer({ min: 1, max: 4 }), async (plans, concurrency) => {
        const queue = await open(concurrency);
        let running = 0;
        const runs = plans.map(() => 0);
        const outcomes = plans.map(({ priority, owner, fails, turns, abort }, index) => {
          const controller = new AbortController();
          const leave = () => controller.abort('left');
          if (abort === 'before') leave();
          const outcome = queue.run(
            async () => {
              runs[index] = (runs[index] ?? 0) + 1;
              running += 1;
              assert.ok(running <= concurrency, `${running} tasks at once`);
              for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
              running -= 1;
              if (fails) throw 'failed';
              return 'done';
            },
            { priority, owner, signal: controller.signal },
          );
          if (abort === 'at once') leave();
          if (abort === 'later') setImmediate(leave);
          return outcome.catch((reason: unknown) => reason);
        });
        (await Promise.all(outcomes)).forEach((outcome, index) => {
          const plan = plans[index] ?? assert.fail();
          assert.ok(outcome === 'left' || outcome === (plan.fails ? 'failed' : 'done'));
          assert.equal(runs[index], outcome === 'left' ? 0 : 1);
          if (plan.abort === 'never') assert.notEqual(outcome, 'left');
          if (plan.abort === 'before' || plan.abort === 'at once') assert.equal(outcome, 'left');
        });
        await drain(queue);
      }),
      { numRuns: 60, seed: 13 },
    );
  });
}

function describeOrder(open: Open): void {
  it('starts interactive tasks ahead of scheduled ones that came earlier', async () => {
    const queue = await open(1);
    const { started, submit, finish, hasStarted } = stage(queue);
    const scheduled: TaskOptions = { priority: 'scheduled', owner: 'schedule' };
    const results = [submit('running', scheduled)];
    await hasStarted('running');
    results.push(submit('scheduled', scheduled), submit('interactive'));
    finish('running');
    await hasStarted('running', 'interactive');
    finish('interactive');
    await hasStarted('running', 'interactive', 'scheduled');
    finish('scheduled');
    await Promise.all(results);
    assert.deepEqual(started, ['running', 'interactive', 'scheduled']);
  });

  it('lets a short scan that comes later take turns with a long one', async () => {
    const order = await orderOf(await open(1), [
      ...['long', 'long', 'long', 'long', 'short', 'short'].map((owner) => ({
        owner,
        priority: 'interactive' as const,
      })),
    ]);
    assert.deepEqual(order, [0, 4, 1, 5, 2, 3]);
  });

  it('orders by priority, then by turns of the owners, then by arrival', async () => {
    const task = fc.record({
      priority: fc.constantFrom(...PRIORITIES),
      owner: fc.constantFrom('a', 'b', 'c', 'd'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(task, { maxLength: 25 }), async (tasks) => {
        assert.deepEqual(await orderOf(await open(1), tasks), expectedOrder(tasks));
      }),
      { numRuns: 60, seed: 17 },
    );
  });
}

interface OrderedTask {
  readonly priority: Priority;
  readonly owner: string;
}

/** The order in which tasks start that were all waiting when the queue became free. */
async function orderOf(queue: WorkQueue, tasks: readonly OrderedTask[]): Promise<number[]> {
  const { submit, finish, hasStarted } = stage(queue);
  const blocker = submit('blocker');
  await hasStarted('blocker');
  const order: number[] = [];
  const results = tasks.map((options, index) =>
    queue.run(async () => {
      order.push(index);
    }, options),
  );
  finish('blocker');
  await Promise.all([blocker, ...results]);
  return order;
}

/** Sorted by priority, by how many tasks of its owner came before, by which owner came first. */
function expectedOrder(tasks: readonly OrderedTask[]): number[] {
  const keys = tasks.map(({ priority, owner }, index) => {
    const isMate = (task: OrderedTask) => task.priority === priority && task.owner === owner;
    return [
      PRIORITIES.indexOf(priority),
      tasks.slice(0, index).filter(isMate).length,
      tasks.findIndex(isMate),
    ];
  });
  const compare = (left: number[] = [], right: number[] = []) =>
    left.map((key, position) => key - (right[position] ?? 0)).find((difference) => difference !== 0) ?? 0;
  return tasks.map((_, index) => index).sort((left, right) => compare(keys[left], keys[right]));
}

function describeAbort(open: Open): void {
  it('removes a waiting task when its signal aborts', async () => {
    const queue = await open(1);
    const { started, submit, finish, hasStarted } = stage(queue);
    const caller = new AbortController();
    const first = submit('first');
    await hasStarted('first');
    const left = submit('left', { ...INTERACTIVE, signal: caller.signal });
    const last = submit('last');
    caller.abort(new Error('left'));
    await assert.rejects(left, /left/);
    assert.equal(queue.pending, 1);
    finish('first');
    await hasStarted('first', 'last');
    finish('last');
    await Promise.all([first, last]);
    assert.deepEqual(started, ['first', 'last']);
  });

  it('never runs a task whose signal was aborted before', async () => {
    const queue = await open(1);
    const { started, submit } = stage(queue);
    const signal = AbortSignal.abort(new Error('too late'));
    await assert.rejects(submit('late', { ...INTERACTIVE, signal }), /too late/);
    assert.deepEqual([started, queue.pending], [[], 0]);
  });

  it('leaves it to a running task to heed its signal', async () => {
    const queue = await open(1);
    const { submit, finish, hasStarted } = stage(queue);
    const caller = new AbortController();
    const result = submit('running', { ...INTERACTIVE, signal: caller.signal });
    await hasStarted('running');
    caller.abort(new Error('ignored'));
    finish('running');
    assert.equal(await result, 'running');
  });
}

function describeClose(create: Open): void {
  it('refuses new and waiting tasks and waits for the running ones when it closes', async () => {
    const queue = await create(1);
    const { started, submit, finish, hasStarted } = stage(queue);
    const running = submit('running');
    await hasStarted('running');
    const waiting = assert.rejects(submit('waiting'), { code: 'unavailable' });
    let isClosed = false;
    const closing = Promise.all([queue.close(), queue.close()]).then(() => {
      isClosed = true;
    });
    await waiting;
    await assert.rejects(submit('late'), { code: 'unavailable' });
    assert.equal(isClosed, false);
    finish('running');
    assert.equal(await running, 'running');
    await closing;
    await queue.close();
    assert.deepEqual([started, queue.pending, queue.running], [['running'], 0, 0]);
  });

  it('closes at once when nothing runs', async () => {
    const queue = await create(3);
    await queue.close();
    await assert.rejects(
      queue.run(async () => 1, INTERACTIVE),
      { code: 'unavailable' },
    );
  });
}
