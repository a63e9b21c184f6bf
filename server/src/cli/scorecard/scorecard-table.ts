import type { ScorecardDimension, ScorecardGroup } from '@fast-scanner/shared';
import { capitalise } from '../capitalise.ts';
import { formatChange, formatNumber, formatShare, NO_VALUE } from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { type Column, renderTable, toneOfAmount, toneOfDirection } from '../render-table.ts';
import { intervalBar } from './interval-bar.ts';

const COLUMNS: readonly Column<ScorecardGroup>[] = [
  { title: 'Settled', align: 'right', text: ({ n }) => count(n) },
  { title: 'Trades', align: 'right', text: ({ directional }) => count(directional) },
  { title: 'Apart', align: 'right', text: ({ independent }) => count(independent) },
  { title: 'Pending', align: 'right', text: ({ pending }) => count(pending) },
  { title: 'Hits', align: 'right', text: ({ hit_rate }) => formatShare(hit_rate) },
  {
    title: '95 %',
    align: 'left',
    text: ({ hit_interval_independent: interval }) => formatInterval(interval),
  },
  {
    title: '0 %      50 %     100 %',
    align: 'left',
    text: ({ hit_rate, hit_interval_independent }) => intervalBar(hit_rate, hit_interval_independent),
  },
  {
    title: 'Target/stop/time',
    align: 'right',
    text: ({ target_rate, stop_rate, timeout_rate }) =>
      target_rate === null ? NO_VALUE : [target_rate, stop_rate, timeout_rate].map(whole).join('/'),
  },
  {
    title: 'Net',
    align: 'right',
    text: ({ mean_net_return_pct }) => formatChange(mean_net_return_pct),
    tone: ({ mean_net_return_pct }) => toneOfAmount(mean_net_return_pct ?? 0),
  },
  { title: 'Factor', align: 'right', text: ({ profit_factor }) => formatNumber(profit_factor, 2) },
  { title: 'Rank', align: 'right', text: ({ rank_correlation }) => signed(rank_correlation) },
  { title: 'Brier', align: 'right', text: ({ brier }) => formatNumber(brier, 4) },
  { title: 'Note', align: 'left', text: ({ note }) => note ?? '', tone: () => 'quiet' },
];

/** Those that say nothing when no group has them. */
const OPTIONAL: Readonly<Record<string, (group: ScorecardGroup) => boolean>> = {
  Pending: ({ pending }) => pending > 0,
  Brier: ({ brier }) => brier !== null,
  Note: ({ note }) => note !== null,
};

/** The figures of groups, a line for each. */
export function renderGroups(
  groups: readonly ScorecardGroup[],
  by: ScorecardDimension,
  paint: Paint,
): string {
  const key: Column<ScorecardGroup> = {
    title: capitalise(by),
    align: 'left',
    text: (group) => group.key,
    tone: (group) => toneOfDirection(group.key),
  };
  const shown = COLUMNS.filter(({ title }) => groups.some(OPTIONAL[title] ?? (() => true)));
  return renderTable([key, ...shown], groups, paint);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function whole(ratio: number | null): string {
  return ratio === null ? NO_VALUE : (100 * ratio).toFixed(0);
}

function signed(value: number | null): string {
  return value === null ? NO_VALUE : `${value > 0 ? '+' : ''}${value.toFixed(3)}`;
}

function formatInterval(interval: ScorecardGroup['hit_interval']): string {
  return interval === null ? NO_VALUE : `${formatShare(interval.low)} to ${formatShare(interval.high)}`;
}
