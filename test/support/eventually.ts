export interface EventuallyOptions {
  /** Gives up after this long. Default 10,000. */
  readonly timeoutMs?: number;
  /** Pause between tries. Default 10. */
  readonly intervalMs?: number;
}

/** Repeats `check` until it stops throwing and answers; throws its last error when the time is up. */
export async function eventually<Result>(
  check: () => Result | Promise<Result>,
  { timeoutMs = 10_000, intervalMs = 10 }: EventuallyOptions = {},
): Promise<Result> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, intervalMs));
    }
  }
}
