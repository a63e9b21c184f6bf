import type { AlertOutcome, AlertVerdict } from '@fast-scanner/client';
import { Chip, Group } from '@mantine/core';
import { BellOff, BellRing, Check, CircleHelp, EyeOff, Hourglass, Minus } from 'lucide-react';
import { useMemo } from 'react';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { type Look, LookBadge } from '../../components/look-badge.tsx';
import { formatNumber } from '../../format/format-number.ts';
import classes from './alert-table.module.css';
import { kindLabel, OUTCOME_LABELS } from './alert-words.ts';
import { chooseVerdicts, countOutcomes } from './preview-groups.ts';

const LOOKS: Readonly<Record<AlertOutcome, Omit<Look, 'label'>>> = {
  fires: { color: 'teal', icon: BellRing },
  already_fired: { color: 'indigo', icon: Check },
  cooldown: { color: 'orange', icon: Hourglass },
  below_threshold: { color: 'gray', icon: Minus },
  unchanged: { color: 'gray', icon: BellOff },
  no_data: { color: 'gray', icon: CircleHelp },
  not_watched: { color: 'gray', icon: EyeOff },
};

const COLUMNS: readonly DataColumn<AlertVerdict>[] = [
  {
    id: 'outcome',
    header: 'What comes of it',
    width: '196px',
    value: ({ outcome }) => OUTCOME_LABELS[outcome],
    cell: ({ outcome }) => <LookBadge label={OUTCOME_LABELS[outcome]} {...LOOKS[outcome]} />,
  },
  {
    id: 'rule',
    header: 'Rule',
    width: '130px',
    value: ({ ruleId }) => ruleId,
    cell: ({ ruleId }) => ruleId,
  },
  {
    id: 'change',
    header: 'Watches',
    width: '190px',
    value: ({ change }) => change,
    cell: ({ change }) => kindLabel(change),
  },
  {
    id: 'symbol',
    header: 'Symbol',
    width: '120px',
    value: ({ symbol }) => symbol,
    cell: ({ symbol }) => symbol ?? 'all',
  },
  {
    id: 'detail',
    header: 'Why',
    width: 'minmax(240px, 1fr)',
    cell: ({ detail }) => <span className={classes['detail']}>{detail}</span>,
  },
];

interface VerdictTableProps {
  readonly verdicts: readonly AlertVerdict[];
  /** `null`: all. */
  readonly chosen: AlertOutcome | null;
  readonly onChoose: (outcome: AlertOutcome | null) => void;
}

const ALL = 'all';
/** Room for two lines of detail. */
const ROW_HEIGHT = 48;

/** What comes of every rule and symbol; chips choose among the outcomes. */
export function VerdictTable({ verdicts, chosen, onChoose }: VerdictTableProps) {
  const counts = useMemo(() => countOutcomes(verdicts), [verdicts]);
  const rows = useMemo(() => chooseVerdicts(verdicts, chosen), [verdicts, chosen]);
  return (
    <>
      <Chip.Group
        value={chosen ?? ALL}
        onChange={(value) => onChoose(counts.find(({ outcome }) => outcome === value)?.outcome ?? null)}
      >
        <Group gap="xs" role="radiogroup" aria-label="Outcome">
          <Chip value={ALL} size="xs">
            All {formatNumber(verdicts.length)}
          </Chip>
          {counts.map(({ outcome, count }) => (
            <Chip key={outcome} value={outcome} size="xs">
              {OUTCOME_LABELS[outcome]} {formatNumber(count)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <DataTable
        label="Verdicts"
        columns={COLUMNS}
        rows={rows}
        rowId={idOf}
        rowHeight={ROW_HEIGHT}
        maxHeight="60vh"
        empty={<EmptyState title="No verdict">No rule is on, or none has this outcome.</EmptyState>}
      />
    </>
  );
}

function idOf({ ruleId, symbol }: AlertVerdict): string {
  return `${ruleId} ${symbol}`;
}
