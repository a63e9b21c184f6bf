import type { ModelEntry, TrainedModel } from '@fast-scanner/client';
import { Alert, Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { CircleHelp, GraduationCap } from 'lucide-react';
import { useMemo } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { capitalize } from '../../format/capitalize.ts';
import { formatCount, formatNumber, formatShare, formatSigned } from '../../format/format-number.ts';
import { FeatureWeights } from './feature-weights.tsx';
import { ReliabilityChart } from './reliability-chart.tsx';
import { modelPoints } from './reliability-point.ts';
import { useTrainModel } from './use-models.ts';

/** One model: what it is worth first, then why. */
export function ModelDetails({ entry }: { readonly entry: ModelEntry }) {
  const { model, reason, progress, nextTrainingAt } = entry;
  return (
    <Stack gap="md">
      {reason !== null && <Text size="sm">{capitalize(reason)}.</Text>}
      {progress && <TrainingProgress {...progress} />}
      {model && <Verdict model={model} />}
      <TrainButton entry={entry} />
      {nextTrainingAt !== null && (
        <Text size="xs" c="dimmed">
          The next training begins at <TimeText value={nextTrainingAt} /> at the earliest, on the clock of the
          exchange.
        </Text>
      )}
      {model && <Evidence model={model} />}
    </Stack>
  );
}

function Verdict({ model }: { readonly model: TrainedModel }) {
  return (
    <Alert
      color={model.edge ? 'teal' : 'orange'}
      variant="light"
      icon={<CircleHelp aria-hidden />}
      title={model.edge ? 'It knows more than the base rate' : 'It has not shown that it knows anything'}
    >
      {capitalize(model.verdict)}
    </Alert>
  );
}

function Evidence({ model }: { readonly model: TrainedModel }) {
  const points = useMemo(() => modelPoints(model.reliability), [model]);
  return (
    <>
      <FactList facts={toFacts(model)} />
      <Text size="sm" c="dimmed">
        {model.choice}
      </Text>
      <Title order={4} size="h5">
        Calibration, out of sample
      </Title>
      <ReliabilityChart points={points} unit="samples" />
      <Title order={4} size="h5">
        Feature weights
      </Title>
      <FeatureWeights weights={model.weights} meaning={model.weightMeaning} />
    </>
  );
}

function toFacts(model: TrainedModel) {
  const { skillInterval } = model;
  return [
    { label: 'Kind', value: model.title },
    { label: 'Data from', value: <TimeText value={model.from} style="date" /> },
    { label: 'Data to', value: <TimeText value={model.to} style="date" /> },
    { label: 'Symbols', value: formatNumber(model.symbols.length), help: model.symbols.join(', ') },
    { label: 'Samples', value: formatNumber(model.samples) },
    { label: 'Trained', value: <TimeText value={model.trainedAt} style="age" /> },
    {
      label: 'Brier',
      value: `${formatNumber(model.brier, 4)} (baseline ${formatNumber(model.baselineBrier, 4)})`,
      help: 'Mean squared error of the probability. Smaller is better; the baseline always says the base rate.',
    },
    {
      label: 'Skill',
      value: formatSigned(model.brierSkill, 4),
      help:
        skillInterval === null
          ? 'Above 0 when it knows more than the base rate.'
          : `99 % interval ${formatSigned(skillInterval.low, 4)} to ${formatSigned(skillInterval.high, 4)}`,
    },
    { label: 'AUC', value: formatNumber(model.auc, 3), help: '0.5 is guessing, 1 is always right.' },
    { label: 'Base rate', value: formatShare(model.baseRate, 1), help: 'Share of the samples that went up.' },
    {
      label: 'Looks ahead',
      value: `${formatCount(model.horizonCandles, 'candle')}, ${formatNumber(model.barrierAtrs, 1)} ATRs`,
      help: 'Whether the price rises by so many ATRs before it falls by them.',
    },
  ];
}

function TrainingProgress({ stage, done, total }: NonNullable<ModelEntry['progress']>) {
  const isReading = stage === 'reading';
  return (
    <div>
      <Text size="sm">{isReading ? `Reading candles: ${done} of ${total} symbols` : 'Learning …'}</Text>
      <Progress
        aria-label="Training"
        value={isReading ? (done / Math.max(1, total)) * 100 : 100}
        animated={!isReading}
      />
    </div>
  );
}

function TrainButton({ entry: { exchange, timeframe, status } }: { readonly entry: ModelEntry }) {
  const train = useTrainModel();
  return (
    <>
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<GraduationCap size={14} aria-hidden />}
          aria-label={`Train now: ${exchange}, ${timeframe} candles`}
          loading={train.isPending}
          disabled={status === 'training'}
          onClick={() => train.mutate({ exchange, timeframe })}
        >
          Train now
        </Button>
      </Group>
      {train.error && <ErrorState error={train.error} />}
    </>
  );
}
