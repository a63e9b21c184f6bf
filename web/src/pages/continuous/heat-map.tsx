import { type ContinuousSignal, TRADING_STYLES } from '@fast-scanner/client';
import { Button, Center, Table, VisuallyHidden } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { symbolPath } from '../../app/page-paths.ts';
import { DirectionIcon } from '../../components/direction-icon.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Section } from '../../components/section.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { WideTable } from '../../components/wide-table.tsx';
import { directionOf } from '../../format/direction.ts';
import { formatCount, formatNumber } from '../../format/format-number.ts';
import { toTitle } from '../../format/to-title.ts';
import classes from './heat-map.module.css';
import { type HeatCell, type HeatRow, heatKey, toHeatRows } from './heat-rows.ts';
import { useKnownCells } from './use-known-cells.ts';

const FIRST_ROWS = 25;

/** Whether the timeframes of each symbol agree. */
export function HeatMap({ signals }: { readonly signals: readonly ContinuousSignal[] }) {
  const known = useKnownCells(signals);
  const rows = useMemo(() => toHeatRows(signals, known), [signals, known]);
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <Section
      title="Confluence"
      description="The newest signal of each symbol and style: its side and score. Symbols whose styles agree most stand first."
    >
      {rows.length === 0 ? (
        <EmptyState title="No signal yet">Each symbol stands here from its first signal on.</EmptyState>
      ) : (
        <HeatTable rows={shown} />
      )}
      {shown.length < rows.length && (
        <Center>
          <Button variant="default" onClick={() => setShowsAll(true)}>
            All {formatCount(rows.length, 'symbol')}
          </Button>
        </Center>
      )}
    </Section>
  );
}

function HeatTable({ rows }: { readonly rows: readonly HeatRow[] }) {
  return (
    <WideTable
      label="Confluence: symbols and styles"
      minWidth={520}
      withRowBorders={false}
      verticalSpacing={2}
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Symbol</Table.Th>
          {TRADING_STYLES.map((style) => (
            <Table.Th key={style}>{toTitle(style)}</Table.Th>
          ))}
          <Table.Th>Together</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <HeatTableRow key={heatKey(row)} row={row} />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function HeatTableRow({ row }: { readonly row: HeatRow }) {
  const { exchange, symbol, cells, bias, agreeing } = row;
  return (
    <Table.Tr>
      <Table.Th scope="row">{symbol}</Table.Th>
      {TRADING_STYLES.map((style) => (
        <Table.Td key={style} px={2}>
          <HeatLink
            cell={cells[style]}
            name={`${symbol}, ${toTitle(style)}`}
            href={symbolPath(symbol, { exchange, timeframe: cells[style]?.timeframe ?? '1h' })}
          />
        </Table.Td>
      ))}
      <Table.Td>
        <SignalBadge signal={bias} label={agreeing === 0 ? 'undecided' : `${agreeing} ${bias}`} />
      </Table.Td>
    </Table.Tr>
  );
}

interface HeatLinkProps {
  readonly cell: HeatCell | undefined;
  readonly name: string;
  readonly href: string;
}

/** The stronger the colour, the higher the score. */
function HeatLink({ cell, name, href }: HeatLinkProps) {
  if (!cell) return <span className={classes['none']}>–</span>;
  const { bias, score, timeframe } = cell;
  const direction = directionOf(bias);
  return (
    <Link
      href={href}
      className={classes['cell']}
      style={{
        background: `color-mix(in srgb, var(--fs-${direction}) ${Math.round(score / 4)}%, var(--fs-surface))`,
      }}
    >
      <VisuallyHidden>
        {name}: {bias}, score{' '}
      </VisuallyHidden>
      <DirectionIcon direction={direction} />
      {formatNumber(score)} <span className={classes['timeframe']}>{timeframe}</span>
    </Link>
  );
}
