import type { Confluence } from '@fast-scanner/client';
import { Badge, Table, Text } from '@mantine/core';
import { ScoreBar } from '../../components/score-bar.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { WideTable } from '../../components/wide-table.tsx';
import { directionColor, directionOf } from '../../format/direction.ts';
import { formatShare } from '../../format/format-number.ts';

/** The signal of each timeframe, and whether it goes with the whole. */
export function ConfluenceMatrix({ confluence }: { readonly confluence: Confluence }) {
  const { bias, alignment, timeframes, agreeing } = confluence;
  return (
    <>
      <Text size="sm">
        <SignalBadge signal={bias} /> {agreeing.length} of {timeframes.length} timeframes agree (
        {formatShare(alignment)}).
      </Text>
      <WideTable label="Confluence of the timeframes" minWidth={440}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Timeframe</Table.Th>
            <Table.Th>Signal</Table.Th>
            <Table.Th>Strength</Table.Th>
            <Table.Th>Agrees</Table.Th>
            <Table.Th>Candle closed</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {timeframes.map((vote) => (
            <VoteRow key={vote.timeframe} vote={vote} agrees={agreeing.includes(vote.timeframe)} />
          ))}
        </Table.Tbody>
      </WideTable>
    </>
  );
}

interface VoteRowProps {
  readonly vote: Confluence['timeframes'][number];
  readonly agrees: boolean;
}

function VoteRow({ vote, agrees }: VoteRowProps) {
  const { timeframe, signal, score, candleCloseTime, warmupOk, detail } = vote;
  if (signal === null) {
    return (
      <Table.Tr>
        <Table.Th scope="row">{timeframe}</Table.Th>
        <Table.Td colSpan={4}>
          <Text size="sm" c="dimmed">
            Not read: {detail}
          </Text>
        </Table.Td>
      </Table.Tr>
    );
  }
  return (
    <Table.Tr>
      <Table.Th scope="row">{timeframe}</Table.Th>
      <Table.Td>
        <SignalBadge signal={signal} />
        {!warmupOk && (
          <Badge size="xs" variant="default" ml="xs">
            short history
          </Badge>
        )}
      </Table.Td>
      <Table.Td>
        <ScoreBar
          value={score === null ? null : Math.abs(score) * 100}
          label={`Strength on ${timeframe}`}
          color={directionColor(directionOf(signal))}
        />
      </Table.Td>
      <Table.Td>{agrees ? '✓ yes' : '– no'}</Table.Td>
      <Table.Td>
        <TimeText value={candleCloseTime} />
      </Table.Td>
    </Table.Tr>
  );
}
