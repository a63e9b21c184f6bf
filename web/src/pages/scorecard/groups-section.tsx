import {
  SCORECARD_DIMENSIONS,
  type Scorecard,
  type ScorecardDimension,
  type ScorecardGroup,
} from '@fast-scanner/client';
import { Tabs } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Section } from '../../components/section.tsx';
import { optionField, useSearchState } from '../../hooks/use-search-state.ts';
import { toGroupColumns } from './group-columns.tsx';
import { intervalScale } from './interval-scale.ts';
import { filterOfGroup, type ScorecardFilters } from './scorecard-filters.ts';

const LABELS: Readonly<Record<ScorecardDimension, string>> = {
  type: 'Signal',
  mode: 'Mode',
  regime: 'Regime',
  timeframe: 'Candles',
  exchange: 'Exchange',
  period: 'Month',
  origin: 'Made by',
};
const FIELDS = { by: optionField(SCORECARD_DIMENSIONS, 'type') };
const ROW_HEIGHT = 52;
const NONE: readonly ScorecardGroup[] = [];

interface GroupsSectionProps {
  readonly groups: Scorecard['groups'];
  /** A row was chosen: look at its signals alone. */
  readonly onFilter: (change: Partial<ScorecardFilters>) => void;
}

/** The figures split by what the signals are. */
export function GroupsSection({ groups, onFilter }: GroupsSectionProps) {
  const [{ by }, change] = useSearchState<{ readonly by: ScorecardDimension }>(FIELDS);
  const rows = groups[by] ?? NONE;
  const columns = useMemo(
    () => toGroupColumns({ header: LABELS[by], by, scale: intervalScale(rows) }),
    [by, rows],
  );
  const open = useCallback(({ key }: ScorecardGroup) => onFilter(filterOfGroup(by, key)), [by, onFilter]);
  return (
    <Section
      title="Split"
      description="Below 30 trades a figure is noise and is not shown. A row looks at its signals alone."
    >
      <Tabs
        value={by}
        onChange={(value) =>
          change({ by: SCORECARD_DIMENSIONS.find((dimension) => dimension === value) ?? 'type' })
        }
        keepMounted={false}
      >
        <Tabs.List mb="sm" aria-label="Split by">
          {SCORECARD_DIMENSIONS.map((dimension) => (
            <Tabs.Tab key={dimension} value={dimension}>
              {LABELS[dimension]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SCORECARD_DIMENSIONS.map((dimension) => (
          <Tabs.Panel key={dimension} value={dimension}>
            <DataTable
              label={`Scorecard by ${LABELS[by].toLowerCase()}`}
              columns={columns}
              rows={rows}
              rowId={keyOf}
              rowHeight={ROW_HEIGHT}
              onOpen={open}
              empty={<EmptyState title="Nothing to split">No signal of these has one.</EmptyState>}
            />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Section>
  );
}

function keyOf({ key }: ScorecardGroup): string {
  return key;
}
