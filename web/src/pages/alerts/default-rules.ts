import type { AlertChange, AlertRule } from '@fast-scanner/client';

const DEFAULTS: readonly (readonly [id: string, change: AlertChange])[] = [
  ['flip', 'flipped'],
  ['strength', 'strengthened'],
  ['price-move', 'price_move'],
  ['regime-change', 'regime_change'],
  ['score', 'score_above'],
  ['confluence', 'confluence_reached'],
];

/** A rule that watches everything with the usual threshold. */
export function newRule(id: string, change: AlertChange = 'flipped'): AlertRule {
  return {
    id,
    enabled: true,
    change,
    threshold: null,
    unit: null,
    symbols: null,
    exchange: null,
    timeframe: null,
    cooldownCandles: 1,
  };
}

/** The rules that a new server has. */
export const DEFAULT_RULES: readonly AlertRule[] = DEFAULTS.map(([id, change]) => newRule(id, change));

/** The same id with the next number that is free: `flip-2`. */
export function freeId(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  let number = 2;
  while (taken.includes(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}
