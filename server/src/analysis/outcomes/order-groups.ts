import { type ScorecardDimension, type ScorecardGroup, TIMEFRAMES } from '@fast-scanner/shared';

/** Groups as people look for them: months and timeframes in their own order, the others by how much stands behind them. */
export function orderGroups(
  dimension: ScorecardDimension,
  groups: readonly ScorecardGroup[],
): ScorecardGroup[] {
  const byKey = (one: ScorecardGroup, other: ScorecardGroup) => (one.key < other.key ? -1 : 1);
  if (dimension === 'period') return groups.toSorted(byKey);
  if (dimension === 'timeframe') {
    const order: readonly string[] = TIMEFRAMES;
    const place = ({ key }: ScorecardGroup) => order.indexOf(key);
    return groups.toSorted((one, other) => place(one) - place(other));
  }
  return groups.toSorted((one, other) => other.n - one.n || byKey(one, other));
}
