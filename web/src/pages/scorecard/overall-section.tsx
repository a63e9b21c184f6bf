import type { Scorecard } from '@fast-scanner/client';
import { Alert, Badge, Group, Stack, Text } from '@mantine/core';
import { Scale, TriangleAlert } from 'lucide-react';
import { DirectionText } from '../../components/direction-text.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { Section } from '../../components/section.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { capitalize } from '../../format/capitalize.ts';
import { formatCount, formatNumber, formatShare, formatSigned } from '../../format/format-number.ts';
import { exitsText } from './exits-text.ts';
import { IntervalBar } from './interval-bar.tsx';
import { intervalScale } from './interval-scale.ts';

/** What the figures say in words, then the figures. */
export function OverallSection({ scorecard }: { readonly scorecard: Scorecard }) {
  const { overall, verdict, from, to, cost_pct } = scorecard;
  const scale = intervalScale([overall]);
  return (
    <Section
      title="Does the scanner work?"
      description={
        from === null ? (
          `${formatCount(overall.pending, 'signal')} wait for what comes of them.`
        ) : (
          <>
            {formatCount(overall.n, 'signal')} with an outcome, of candles closed from{' '}
            <TimeText value={from} /> to <TimeText value={to} />. Costs of a trade:{' '}
            {formatNumber(cost_pct, 2)} %.
          </>
        )
      }
    >
      <Alert variant="light" color="indigo" icon={<Scale aria-hidden />} title="Verdict">
        {capitalize(verdict)}
      </Alert>
      <KindsNotice kinds={scorecard.data_kinds} />
      {overall.note !== null && <Text size="sm">Not every figure is there: {overall.note}.</Text>}
      <Stack gap={4} maw={560}>
        <Text size="sm" fw={600}>
          Hit rate: trades above zero after costs
        </Text>
        <IntervalBar {...overall} scale={scale} />
        <Text size="xs" c="dimmed">
          95 % Wilson intervals. Thick: {formatCount(overall.directional, 'trade')} as if each stood alone.
          Thin, the one to believe and to read: the {formatNumber(overall.independent)} that do not overlap.
          The dashed line is 50 %, the bar goes from {formatShare(scale.low)} to {formatShare(scale.high)}.
        </Text>
      </Stack>
      <FactList facts={toFacts(overall)} />
    </Section>
  );
}

function toFacts(overall: Scorecard['overall']) {
  const { brier, baseline_brier, predictions } = overall;
  return [
    {
      label: 'Mean after costs',
      value: <DirectionText value={overall.mean_net_return_pct} />,
      help: 'Mean return of the trades, costs taken off.',
    },
    { label: 'Median after costs', value: <DirectionText value={overall.median_net_return_pct} /> },
    {
      label: 'Mean before costs',
      value: <DirectionText value={overall.mean_forward_return_pct} />,
      help: 'In the direction of the signal, over the whole horizon.',
    },
    {
      label: 'Profit factor',
      value: formatNumber(overall.profit_factor, 2),
      help: 'Gains divided by losses: above 1 is a profit.',
    },
    {
      label: 'Target / stop / time',
      value: exitsText(overall),
      help: 'What was reached first; the last: neither within the horizon.',
    },
    {
      label: 'Rank correlation',
      value: formatSigned(overall.rank_correlation, 3),
      help: 'Of score and return, −1 to 1. Above 0: a higher score was followed by a higher return.',
    },
    {
      label: 'Brier of predictions',
      value: brier === null ? '–' : `${formatNumber(brier, 4)} (baseline ${formatNumber(baseline_brier, 4)})`,
      help: 'Mean squared error of the predicted probability. Smaller is better; above the baseline it is worth nothing.',
    },
    { label: 'Predictions', value: formatNumber(predictions) },
    { label: 'Pending', value: formatNumber(overall.pending), help: 'Their time is not over yet.' },
    {
      label: 'Unknown',
      value: formatNumber(overall.unknown),
      help: 'The candles after them could not be had.',
    },
  ];
}

const KIND_COLORS = { live: 'teal', recorded: 'orange', simulated: 'grape' } as const;

function KindsNotice({ kinds }: { readonly kinds: Scorecard['data_kinds'] }) {
  const unreal = kinds.filter((kind) => kind !== 'live');
  return (
    <Group gap="xs">
      {kinds.map((kind) => (
        <Badge key={kind} color={KIND_COLORS[kind]} variant="light" autoContrast tt="none">
          {capitalize(kind)}
        </Badge>
      ))}
      {unreal.length > 0 && (
        <Text size="sm">
          <TriangleAlert size={14} aria-hidden /> {capitalize(unreal.join(' and '))} data prove nothing about
          a live market.
        </Text>
      )}
    </Group>
  );
}
