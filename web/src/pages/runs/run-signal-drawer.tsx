import type { RunSignal } from '@fast-scanner/client';
import { Drawer, Stack, Table, Text, Title } from '@mantine/core';
import { FactList } from '../../components/fact-list.tsx';
import { FactorBars } from '../../components/factor-bars.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { formatNumber, formatPrice } from '../../format/format-number.ts';

interface RunSignalDrawerProps {
  /** `null`: closed. */
  readonly signal: RunSignal | null;
  readonly onClose: () => void;
}

/** Everything a run says of one setup: the plan, the reason and the factors of the score. */
export function RunSignalDrawer({ signal, onClose }: RunSignalDrawerProps) {
  return (
    <Drawer
      opened={signal !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={signal?.symbol}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {signal && <Explanation signal={signal} />}
    </Drawer>
  );
}

function Explanation({ signal }: { readonly signal: RunSignal }) {
  return (
    <Stack>
      <div>
        <SignalBadge signal={signal.direction} />
      </div>
      <Text size="sm">{signal.rationale}</Text>
      <FactList facts={toFacts(signal)} />
      <Title order={3} size="h5">
        Targets
      </Title>
      <Targets targets={signal.targets} />
      <Title order={3} size="h5">
        Score {formatNumber(signal.score, 1)}
      </Title>
      <FactorBars factors={signal.factors} scale="points" />
    </Stack>
  );
}

function toFacts(signal: RunSignal) {
  const { entry_near, entry_far, stop_loss, liquidation_price } = signal;
  return [
    { label: 'Entry zone', value: `${formatPrice(entry_near)} to ${formatPrice(entry_far)}` },
    { label: 'Stop', value: formatPrice(stop_loss) },
    ...(liquidation_price === null ? [] : [{ label: 'Liquidation', value: formatPrice(liquidation_price) }]),
    { label: 'Price', value: formatPrice(signal.current_price) },
    { label: 'Setup', value: `${signal.setup_type}, ${signal.primary_timeframe}` },
    { label: 'Candle closed', value: <TimeText value={signal.candle_close_time} /> },
  ];
}

function Targets({ targets }: Pick<RunSignal, 'targets'>) {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Price</Table.Th>
          <Table.Th ta="right">Close there</Table.Th>
          <Table.Th ta="right">R:R</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {targets.map(({ level, percentage, risk_reward }) => (
          <Table.Tr key={level}>
            <Table.Td>{formatPrice(level)}</Table.Td>
            <Table.Td ta="right">{formatNumber(percentage)} %</Table.Td>
            <Table.Td ta="right">{formatNumber(risk_reward, 2)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
