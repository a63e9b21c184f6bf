import type { DeepAnalysis } from '@fast-scanner/client';
import { Alert, Progress, Stack, Text } from '@mantine/core';
import { CircleHelp } from 'lucide-react';
import { FactList } from '../../components/fact-list.tsx';
import { PriceText } from '../../components/price-text.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { capitalize } from '../../format/capitalize.ts';
import { formatNumber, formatShare, formatSigned } from '../../format/format-number.ts';

interface PredictionCardProps {
  readonly prediction: DeepAnalysis['ml_prediction'];
  /** Why there is none. */
  readonly reason: DeepAnalysis['ml_prediction_reason'];
}

/** What the model gives for the price to rise, and how much that is worth. */
export function PredictionCard({ prediction, reason }: PredictionCardProps) {
  if (!prediction) return <Text size="sm">No prediction: {reason}</Text>;
  const { probabilityUp, horizonCandles, upPrice, downPrice, edge, verdict } = prediction;
  return (
    <Stack gap="sm">
      <Text size="sm">
        <b>{formatShare(probabilityUp)}</b> that the price reaches <PriceText value={upPrice} fw={600} />{' '}
        before <PriceText value={downPrice} fw={600} />, within {horizonCandles} candles.
      </Text>
      <Progress.Root size="lg">
        <Progress.Section
          value={probabilityUp * 100}
          color="var(--fs-up)"
          aria-label={`Probability of a rise ${formatShare(probabilityUp)}`}
        />
      </Progress.Root>
      <Alert color={edge ? 'teal' : 'orange'} variant="light" icon={<CircleHelp aria-hidden />}>
        {capitalize(verdict)}
      </Alert>
      <FactList
        facts={[
          { label: 'Model', value: prediction.model },
          { label: 'Trained', value: <TimeText value={prediction.trainedAt} /> },
          { label: 'Samples', value: formatNumber(prediction.samples) },
          {
            label: 'Brier',
            value: `${formatNumber(prediction.brier, 4)} (baseline ${formatNumber(prediction.baselineBrier, 4)})`,
            help: 'Mean squared error of the probability, on candles the model had not seen. Smaller is better.',
          },
          {
            label: 'Skill',
            value: formatSigned(prediction.brierSkill, 4),
            help: 'Above 0 when the model knows more than the base rate.',
          },
          { label: 'AUC', value: formatNumber(prediction.auc, 3), help: '0.5 is chance.' },
        ]}
      />
    </Stack>
  );
}
