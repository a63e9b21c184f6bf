import type { DeepAnalysis } from '@fast-scanner/client';
import type { ChartLevel } from '../../charts/chart-types.ts';
import { capitalize } from '../../format/capitalize.ts';

/** A plan as levels of the chart. Targets have the colour of gains and the stop that of losses, on whichever side of the entry they lie. */
export function toPlanLevels(plan: DeepAnalysis['sl_tp']): readonly ChartLevel[] {
  if (!plan) return [];
  const { direction, entry, stopLoss, targets } = plan;
  return [
    { price: entry, label: `${capitalize(direction)} entry`, direction: 'flat', isDashed: false },
    { price: stopLoss, label: 'Stop', direction: 'down' },
    ...targets.map(({ level, price }): ChartLevel => ({ price, label: `Target ${level}`, direction: 'up' })),
  ];
}
