import type { Page } from 'playwright-core';

export interface FrameTimes {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  /** Tasks that kept the page busy for more than 50 ms. */
  readonly longTasks: number;
  readonly frames: number;
}

/** How far apart the page's frames are while `work` goes on. */
export async function measureFrames(page: Page, work: () => Promise<void>): Promise<FrameTimes> {
  await page.evaluate(`{
    const measured = { deltas: [], longTasks: 0, isOn: true };
    globalThis.measured = measured;
    new PerformanceObserver((list) => { measured.longTasks += list.getEntries().length; }).observe({ type: 'longtask' });
    let last = performance.now();
    const frame = (now) => {
      measured.deltas.push(now - last);
      last = now;
      if (measured.isOn) requestAnimationFrame(frame);
    };
    requestAnimationFrame((now) => { last = now; requestAnimationFrame(frame); });
  }`);
  await work();
  const { deltas, longTasks } = (await page.evaluate(
    '(measured.isOn = false, { deltas: measured.deltas, longTasks: measured.longTasks })',
  )) as { deltas: number[]; longTasks: number }; // what the script above keeps
  const sorted = deltas.sort((one, other) => one - other);
  const quantile = (ratio: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * ratio))] ?? 0;
  return {
    medianMs: quantile(0.5),
    p95Ms: quantile(0.95),
    p99Ms: quantile(0.99),
    worstMs: sorted.at(-1) ?? 0,
    longTasks,
    frames: sorted.length,
  };
}
