/** How far a job is. */
export interface JobProgress {
  /** Symbols or stocks that have ended, well or not. */
  readonly processed: number;
  /** 0 until it is known. */
  readonly total: number;
  /** 0–100. */
  readonly pct: number;
  /** The one at work or, where several are, the one that ended last; `null` before the first. */
  readonly current: string | null;
  /** When the work began, ISO time of the server; `null` until it has. */
  readonly startTime: string | null;
  /** From the start to the newest news, ms by the server's clock; after the end, how long it took. */
  readonly elapsedMs: number;
  /** When that was, epoch ms of this machine, so that a clock may go on from there; `null` before the first news. */
  readonly asOf: number | null;
  /** Seconds; `null` until a rate is known, and after the end. */
  readonly etaSeconds: number | null;
}

export const NO_PROGRESS: JobProgress = {
  processed: 0,
  total: 0,
  pct: 0,
  current: null,
  startTime: null,
  elapsedMs: 0,
  asOf: null,
  etaSeconds: null,
};

/** News of a job; what they do not say stays. */
export interface ProgressNews {
  readonly processed?: number;
  readonly total?: number;
  readonly current?: string | null | undefined;
  readonly startTime?: string | null;
  readonly etaSeconds?: number | null;
  /** When they became true, by the server's clock. */
  readonly timestamp: string;
}

/** Counts and time only rise: an event that is heard may be older than what was read. */
export function advance(progress: JobProgress, news: ProgressNews): JobProgress {
  const processed = Math.max(progress.processed, news.processed ?? 0);
  const total = news.total ?? progress.total;
  const startTime = progress.startTime ?? news.startTime ?? null;
  const elapsedMs = startTime === null ? 0 : Date.parse(news.timestamp) - Date.parse(startTime);
  return {
    processed,
    total,
    pct: total === 0 ? 0 : Math.min(100, (processed / total) * 100),
    current: news.current ?? progress.current,
    startTime,
    elapsedMs: Math.max(progress.elapsedMs, elapsedMs),
    asOf: elapsedMs >= progress.elapsedMs ? Date.now() : progress.asOf,
    etaSeconds: news.etaSeconds === undefined ? progress.etaSeconds : news.etaSeconds,
  };
}
