import type { ModelEntry } from '@fast-scanner/client';
import { Accordion, Group, Text } from '@mantine/core';
import { BrainCircuit, CircleCheck, CircleX, Clock, LoaderCircle } from 'lucide-react';
import { DataSourceBadge } from '../../components/data-source-badge.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { type Look, LookBadge } from '../../components/look-badge.tsx';
import { Section } from '../../components/section.tsx';
import { ModelDetails } from './model-details.tsx';
import { useModels } from './use-models.ts';

const LOOKS: Readonly<Record<ModelEntry['status'], Look>> = {
  waiting: { label: 'Waiting', color: 'gray', icon: Clock },
  training: { label: 'Training', color: 'indigo', icon: LoaderCircle },
  ready: { label: 'Ready', color: 'teal', icon: CircleCheck },
  failed: { label: 'Failed', color: 'red', icon: CircleX },
};

/** What the predictions are made by, and what they are worth. */
export function ModelsSection() {
  const { data, error, isPending, refetch } = useModels();
  return (
    <Section
      title="Models"
      description="Deep analyses predict with these. Each is judged on candles it had not seen when it learned."
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingState rows={2} label="Loading the models" />}
      {data && !data.enabled && (
        <Text size="sm">Predictions are switched off: nothing is trained, and analyses predict nothing.</Text>
      )}
      {data && data.models.length === 0 && (
        <EmptyState title="No model yet" icon={BrainCircuit}>
          One is trained for each exchange and timeframe that is scanned with a deep analysis.
        </EmptyState>
      )}
      {data && data.models.length > 0 && (
        <Accordion variant="contained" multiple order={3}>
          {data.models.map((entry) => (
            <ModelItem key={`${entry.exchange} ${entry.timeframe}`} entry={entry} />
          ))}
        </Accordion>
      )}
    </Section>
  );
}

function ModelItem({ entry }: { readonly entry: ModelEntry }) {
  const { exchange, timeframe, dataSource, model, status } = entry;
  return (
    <Accordion.Item value={`${exchange}-${timeframe}`}>
      <Accordion.Control>
        <Group gap="sm">
          <Text fw={600}>
            {exchange}, {timeframe} candles
          </Text>
          <LookBadge {...LOOKS[status]} />
          <DataSourceBadge dataSource={dataSource} isShort />
          {model && <Text size="sm">{model.edge ? '✓ has an edge' : '– no edge shown'}</Text>}
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <ModelDetails entry={entry} />
      </Accordion.Panel>
    </Accordion.Item>
  );
}
