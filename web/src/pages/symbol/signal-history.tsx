import type { StoredSignal } from '@fast-scanner/client';
import { Table, Text } from '@mantine/core';
import { DirectionText } from '../../components/direction-text.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { PriceText } from '../../components/price-text.tsx';
import { Section } from '../../components/section.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { WideTable } from '../../components/wide-table.tsx';
import { formatSigned } from '../../format/format-number.ts';
import { ReplayButton } from './replay-button.tsx';
import { type SymbolKey, useSignalHistory } from './use-symbol-data.ts';

const ORIGINS: Readonly<Record<StoredSignal['origin'], string>> = {
  scan: 'Scan',
  run: 'Run',
  continuous: 'Continuous',
  replay: 'Replay',
};
const OUTCOMES: Readonly<Record<NonNullable<StoredSignal['outcome']>['outcome'], string>> = {
  target: '✓ target first',
  stop: '✗ stop first',
  timeout: 'time out',
  none: 'no side',
  unknown: 'unknown',
};

/** Everything that was said of the symbol, and what came of it. */
export function SignalHistory(key: SymbolKey) {
  const { data, error, refetch } = useSignalHistory(key);
  return (
    <Section
      title="Signals and their outcomes"
      description="What was said at the close of a candle, and what the candles after it made of it."
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingState rows={4} label="Loading signals" />}
      {data?.count === 0 && (
        <EmptyState title="No signal is kept of this symbol yet">
          Scans, runs and the continuous scanner keep what they say; the outcome follows when its time is
          over.
        </EmptyState>
      )}
      {data && data.count > 0 && <HistoryTable signals={data.signals} />}
    </Section>
  );
}

function HistoryTable({ signals }: { readonly signals: readonly StoredSignal[] }) {
  return (
    <WideTable label="Signals and their outcomes" minWidth={760} maxHeight={420} stickyHeader>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Candle closed</Table.Th>
          <Table.Th>By</Table.Th>
          <Table.Th>Signal</Table.Th>
          <Table.Th ta="right">Score</Table.Th>
          <Table.Th ta="right">Price</Table.Th>
          <Table.Th>Outcome</Table.Th>
          <Table.Th ta="right">Net return</Table.Th>
          <Table.Th>Again</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {signals.map((signal) => (
          <HistoryRow key={signal.signalId} signal={signal} />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function HistoryRow({ signal }: { readonly signal: StoredSignal }) {
  const { origin, mode, timeframe, direction, signalType, outcome } = signal;
  return (
    <Table.Tr>
      <Table.Td>
        <TimeText value={signal.candleCloseTime} />
      </Table.Td>
      <Table.Td>
        {ORIGINS[origin]} {mode && `(${mode}) `}
        {timeframe}
      </Table.Td>
      <Table.Td>
        <SignalBadge signal={direction} label={signalType} />
      </Table.Td>
      <Table.Td ta="right">{formatSigned(signal.score, 0)}</Table.Td>
      <Table.Td ta="right">
        <PriceText value={signal.price} />
      </Table.Td>
      <Table.Td>
        {outcome ? (
          <span title={outcome.reason ?? undefined}>{OUTCOMES[outcome.outcome]}</span>
        ) : (
          <Text span inherit c="dimmed">
            pending
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right">
        <DirectionText value={outcome?.netReturnPct ?? null} />
      </Table.Td>
      <Table.Td>
        <ReplayButton signalId={signal.signalId} />
      </Table.Td>
    </Table.Tr>
  );
}
