/** Under which the schedule is kept; a scan that begins makes it old, as it does everything about scans. */
export const SCHEDULE_KEY = ['scans', 'schedule'];
