import type { AlertRule } from '@fast-scanner/shared';

const EVERYWHERE = { enabled: true, threshold: null, symbols: null, cooldownCandles: 1 } as const;

/** The rules until somebody changes them: a signal that turns, a large price move, another regime. */
export const DEFAULT_ALERT_RULES: readonly AlertRule[] = [
  { id: 'flip', change: 'flipped', ...EVERYWHERE },
  { id: 'price-move', change: 'price_move', ...EVERYWHERE },
  { id: 'regime-change', change: 'regime_change', ...EVERYWHERE },
];
