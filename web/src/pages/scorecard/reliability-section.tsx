import type { Scorecard } from '@fast-scanner/client';
import { useMemo } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { Section } from '../../components/section.tsx';
import { formatCount } from '../../format/format-number.ts';
import { ReliabilityChart } from './reliability-chart.tsx';
import { scorecardPoints } from './reliability-point.ts';

type ReliabilitySectionProps = Pick<Scorecard, 'reliability' | 'overall' | 'min_signals'>;

/** Whether the predicted probabilities came true. */
export function ReliabilitySection({ reliability, overall, min_signals }: ReliabilitySectionProps) {
  const points = useMemo(() => scorecardPoints(reliability ?? []), [reliability]);
  return (
    <Section
      title="Can predictions be believed?"
      description="Of all signals with such a predicted probability of a rise, how many rose?"
    >
      {reliability === null ? (
        <EmptyState title="Not enough predictions">
          {formatCount(overall.predictions, 'prediction')} settled of the {min_signals} it takes. Replays
          predict nothing: a model trained today has seen what came after.
        </EmptyState>
      ) : (
        <ReliabilityChart points={points} unit="predictions" />
      )}
    </Section>
  );
}
