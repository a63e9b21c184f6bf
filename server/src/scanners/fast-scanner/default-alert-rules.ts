import { type AlertRule, alertRulesSchema } from '@fast-scanner/shared';

/** The rules until somebody changes them: one of each kind but `weakened`, on every symbol, with the usual thresholds. */
export const DEFAULT_ALERT_RULES: readonly AlertRule[] = alertRulesSchema.parse({
  rules: [
    { id: 'flip', change: 'flipped' },
    { id: 'strength', change: 'strengthened' },
    { id: 'price-move', change: 'price_move' },
    { id: 'regime-change', change: 'regime_change' },
    { id: 'score', change: 'score_above' },
    { id: 'confluence', change: 'confluence_reached' },
  ],
}).rules;
