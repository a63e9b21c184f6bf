import { PRIORITIES, type Priority } from './work-queue.ts';

interface Laned {
  readonly priority: Priority;
  readonly owner: string;
}

/** Waiting tasks in the order of the work queue: the higher priority first, within it the owners in turn, within an owner first in, first out. */
export class TaskLanes<Task extends Laned> {
  /** Priority → owner → tasks. The owner whose turn is next stands first in its map. */
  readonly #lanes = new Map<Priority, Map<string, Set<Task>>>(
    PRIORITIES.map((priority) => [priority, new Map()]),
  );
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(task: Task): void {
    const owners = this.#lanes.get(task.priority);
    const tasks = owners?.get(task.owner) ?? new Set();
    owners?.set(task.owner, tasks.add(task));
    this.#size += 1;
  }

  /** Takes a task out wherever it stands; its owner keeps its turn. Without effect when the task is not waiting. */
  remove(task: Task): void {
    const owners = this.#lanes.get(task.priority);
    const tasks = owners?.get(task.owner);
    if (!tasks?.delete(task)) return;
    if (tasks.size === 0) owners?.delete(task.owner);
    this.#size -= 1;
  }

  /** Takes the next task out and sends its owner to the end of the turn; `null` when none waits. */
  take(): Task | null {
    for (const owners of this.#lanes.values()) {
      for (const [owner, tasks] of owners) {
        for (const task of tasks) {
          this.remove(task);
          if (owners.delete(owner)) owners.set(owner, tasks);
          return task;
        }
      }
    }
    return null;
  }
}
