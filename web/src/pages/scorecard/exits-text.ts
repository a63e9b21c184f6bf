import type { ScorecardGroup } from '@fast-scanner/client';
import { formatNumber } from '../../format/format-number.ts';

/** What was reached first, in percent: "34 / 47 / 19 %". */
export function exitsText({
  target_rate,
  stop_rate,
  timeout_rate,
}: Pick<ScorecardGroup, 'target_rate' | 'stop_rate' | 'timeout_rate'>): string {
  if (target_rate === null) return '–';
  const percents = [target_rate, stop_rate, timeout_rate].map((rate) => formatNumber((rate ?? 0) * 100));
  return `${percents.join(' / ')} %`;
}
