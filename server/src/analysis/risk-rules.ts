/** Every constant of the stop and target plan, in ATRs (14, Wilder) unless the name says otherwise. */
export const RISK_RULES = {
  /** Smallest accepted reward for one unit of risk, unless the caller gives another. */
  minRiskReward: 1.5,
  /** Stop distances outside these bounds (percent of the entry) give no plan: noise, or too much at stake. */
  minStopPct: 0.5,
  maxStopPct: 8,
  /** Stop without structure: two ATRs, in the middle of the usual 1.5 to 3 of volatility stops. */
  stopAtrs: 2,
  /** A stop behind a swing is used when it lies within these distances … */
  structureStopMinAtrs: 1,
  structureStopMaxAtrs: 3,
  /** … and this far behind the swing, so that a mere touch does not hit it. */
  structureBufferAtrs: 0.25,
  /** Swings nearer than this do not stand in the way: one ordinary candle passes them. */
  targetMinAtrs: 1,
  /** Farther targets are out of reach. */
  targetReachAtrs: 8,
  /** Levels nearer to each other than this are one. */
  targetSpacingAtrs: 0.5,
  maxTargets: 3,
  /** Targets where no swing lies ahead, as multiples of the risk; a larger minimum risk/reward scales them up. */
  openTargetMultiples: [2, 3, 4],
} as const;
