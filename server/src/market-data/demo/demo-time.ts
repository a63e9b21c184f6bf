export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The simulated market opened here, Monday 2014-12-29 00:00 UTC, so that its first week is whole. There is nothing before. */
export const DEMO_ORIGIN_MS = Date.UTC(2014, 11, 29);
