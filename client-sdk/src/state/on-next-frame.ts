import { onPageVisibility } from '../page-visibility.ts';

/** Where there are no frames: about as often as a screen shows one. */
const FRAME_MS = 16;

const tasks = new Set<() => void>();

/**
 * Calls `task` once before the next frame is shown, all tasks of a frame together; while the page is hidden there is none. What was asked
 * for twice happens once.
 */
export function onNextFrame(task: () => void): void {
  tasks.add(task);
  if (tasks.size === 1) requestFrame();
}

/** The task is no longer wanted. */
export function forgetFrame(task: () => void): void {
  tasks.delete(task);
}

function requestFrame(): void {
  if (typeof document !== 'undefined' && document.hidden) runWhenShown();
  else if (typeof requestAnimationFrame === 'function') requestAnimationFrame(runTasks);
  else setTimeout(runTasks, FRAME_MS);
}

function runWhenShown(): void {
  const stop = onPageVisibility((isVisible) => {
    if (!isVisible) return;
    stop();
    runTasks();
  });
}

function runTasks(): void {
  const due = [...tasks];
  tasks.clear();
  for (const task of due) task();
}
