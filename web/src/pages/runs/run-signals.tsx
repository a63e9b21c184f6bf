import type { RunSignal } from '@fast-scanner/client';
import type { ScanRun } from '@fast-scanner/client/react';
import { useCallback, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { symbolPath } from '../../app/page-paths.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Section } from '../../components/section.tsx';
import { formatCount } from '../../format/format-number.ts';
import { RunSignalDrawer } from './run-signal-drawer.tsx';
import { toSignalColumns } from './signal-columns.tsx';

const ROW_HEIGHT = 56;

/** The setups that passed every rule, best first. */
export function RunSignalsSection({ run }: { readonly run: ScanRun }) {
  const { signals, phase, exchange } = run;
  const [, navigate] = useLocation();
  const [explained, setExplained] = useState<RunSignal | null>(null);
  const columns = useMemo(() => toSignalColumns(setExplained), []);
  const open = useCallback(
    ({ symbol, primary_timeframe }: RunSignal) =>
      navigate(symbolPath(symbol, { timeframe: primary_timeframe, ...(exchange && { exchange }) })),
    [navigate, exchange],
  );
  return (
    <Section
      title="Signals"
      description={
        signals.length > 0 && `${formatCount(signals.length, 'signal')}; a row opens its symbol's page.`
      }
    >
      {signals.length === 0 ? (
        <NoSignals phase={phase} />
      ) : (
        <DataTable
          label="Signals"
          columns={columns}
          rows={signals}
          rowId={symbolOf}
          rowHeight={ROW_HEIGHT}
          onOpen={open}
        />
      )}
      <RunSignalDrawer signal={explained} onClose={() => setExplained(null)} />
    </Section>
  );
}

function symbolOf({ symbol }: RunSignal): string {
  return symbol;
}

function NoSignals({ phase }: Pick<ScanRun, 'phase'>) {
  if (phase === 'running')
    return <EmptyState title="No signal yet">Each stands here as soon as it is found.</EmptyState>;
  if (phase !== 'complete')
    return <EmptyState title="No signal">The run ended before it found one.</EmptyState>;
  return (
    <EmptyState title="No signal">
      No symbol passed every rule of the mode. The rejections below say which rule each of them failed.
    </EmptyState>
  );
}
