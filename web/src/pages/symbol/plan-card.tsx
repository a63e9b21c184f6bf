import type { DeepAnalysis } from '@fast-scanner/client';
import { Stack, Text } from '@mantine/core';
import { FactList } from '../../components/fact-list.tsx';
import { PriceText } from '../../components/price-text.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { formatNumber } from '../../format/format-number.ts';

type PlanCardProps = Pick<DeepAnalysis, 'sl_tp' | 'sl_tp_reason'>;

/** Where to enter, where one was wrong, and what it may bring. */
export function PlanCard({ sl_tp: plan, sl_tp_reason: reason }: PlanCardProps) {
  if (!plan) return <Text size="sm">No plan: {reason}</Text>;
  const targets = plan.targets.map(({ level, price, riskReward }) => ({
    label: `Target ${level}`,
    value: (
      <>
        <PriceText value={price} /> ({formatNumber(riskReward, 2)} R)
      </>
    ),
  }));
  return (
    <Stack gap="sm">
      <FactList
        facts={[
          { label: 'Side', value: <SignalBadge signal={plan.direction} /> },
          { label: 'Entry', value: <PriceText value={plan.entry} /> },
          {
            label: 'Stop',
            value: (
              <>
                <PriceText value={plan.stopLoss} /> ({formatNumber(plan.stopDistancePct, 2)} %)
              </>
            ),
          },
          ...targets,
          {
            label: 'Risk/reward',
            value: formatNumber(plan.riskReward, 2),
            help: 'What the first target brings for one unit of risk.',
          },
        ]}
      />
      <Text size="sm" c="dimmed">
        {plan.rationale}
      </Text>
    </Stack>
  );
}
