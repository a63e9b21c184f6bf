import type { MarketState } from '@fast-scanner/client';
import { Group, RingProgress, Stack, Text } from '@mantine/core';
import { Gauge } from 'lucide-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { Section } from '../../components/section.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { formatNumber, formatShare } from '../../format/format-number.ts';

const VOLATILITY: Readonly<Record<MarketState['volatility_regime'], string>> = {
  low: 'Low, calmer than usual',
  medium: 'Medium, as usual',
  high: 'High, wilder than usual',
  unknown: 'Not known before 20 readings',
};

/** How broad the market moves and how wildly; `state` is `null` before the first reading. */
export function MarketGauges({ state }: { readonly state: MarketState | null }) {
  return (
    <Section
      title="Market state"
      description={
        state && (
          <>
            Read <TimeText value={state.timestamp} style="age" />
          </>
        )
      }
    >
      {state ? (
        <Group gap="lg" align="center">
          <BreadthRing breadth={state.breadth} />
          <Stack gap="md" flex="1 1 260px">
            <BreadthFacts breadth={state.breadth} />
            <FactList
              facts={[
                {
                  label: 'Volatility',
                  value: VOLATILITY[state.volatility_regime],
                  help: 'The median of all symbols among its own recent readings.',
                },
                {
                  label: 'Active signals',
                  value: formatNumber(state.active_signals),
                  help: 'Newest signals of all symbols and styles that are not neutral.',
                },
              ]}
            />
          </Stack>
        </Group>
      ) : (
        <EmptyState title="Not read yet" icon={Gauge}>
          Breadth and volatility stand here after the first reading.
        </EmptyState>
      )}
    </Section>
  );
}

function BreadthRing({ breadth }: { readonly breadth: MarketState['breadth'] }) {
  const { advancing, declining, unchanged, breadth_ratio } = breadth;
  const all = Math.max(1, advancing + declining + unchanged);
  const words = `${advancing} advancing, ${declining} declining, ${unchanged} unchanged`;
  return (
    <RingProgress
      role="img"
      aria-label={`Breadth ${formatShare(breadth_ratio)}: ${words}`}
      size={150}
      thickness={16}
      sectionGap={3}
      sections={[
        { value: (advancing / all) * 100, color: 'var(--fs-up)' },
        { value: (unchanged / all) * 100, color: 'var(--fs-flat)' },
        { value: (declining / all) * 100, color: 'var(--fs-down)' },
      ].filter(({ value }) => value > 0)}
      label={
        <Stack gap={0} align="center">
          <Text fw={700} size="xl">
            {formatShare(breadth_ratio)}
          </Text>
          <Text size="xs" c="dimmed">
            breadth
          </Text>
        </Stack>
      }
    />
  );
}

function BreadthFacts({ breadth }: { readonly breadth: MarketState['breadth'] }) {
  const { advancing, declining, unchanged, breadth_ratio, market_bias, coverage } = breadth;
  return (
    <FactList
      facts={[
        { label: 'Advancing', value: <SignalBadge signal="bullish" label={formatNumber(advancing)} /> },
        { label: 'Declining', value: <SignalBadge signal="bearish" label={formatNumber(declining)} /> },
        { label: 'Unchanged', value: <SignalBadge signal="neutral" label={formatNumber(unchanged)} /> },
        {
          label: 'Bias',
          value: <SignalBadge signal={market_bias} />,
          help: 'Bullish above a breadth of 60 %, bearish below 40 %.',
        },
        {
          label: 'Ratio',
          value: formatNumber(breadth_ratio, 2),
          help: 'Advancing among all that moved over 24 hours.',
        },
        { label: 'Coverage', value: formatShare(coverage), help: 'Symbols of which both prices are known.' },
      ]}
    />
  );
}
