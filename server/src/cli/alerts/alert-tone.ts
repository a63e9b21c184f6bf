import type { Alert } from '@fast-scanner/shared';
import type { Tone } from '../palette.ts';
import { toneOfDirection } from '../render-table.ts';

/** Whether what happened is good or bad for the price; plain where it says nothing of that. */
export function toneOfAlert({ change, to, delta }: Pick<Alert, 'change' | 'to' | 'delta'>): Tone {
  if (change === 'flipped' || change === 'regime_change') return toneOfDirection(to ?? undefined);
  if (change !== 'price_move' || delta === null || delta === 0) return 'plain';
  return delta > 0 ? 'good' : 'bad';
}
