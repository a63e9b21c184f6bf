/** How the commands end. */
export const EXIT_CODES = {
  ok: 0,
  failed: 1,
  usage: 2,
  /** The environment does not make a configuration (EX_CONFIG of sysexits). */
  config: 78,
  /** Stopped by Ctrl-C before it was done, as shells say it. */
  cancelled: 130,
} as const;
