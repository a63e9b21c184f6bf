import {
  ALERT_OUTCOMES,
  type AlertOutcome,
  type AlertPreviewResponse,
  TIMEFRAMES,
  type Timeframe,
} from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { Button, Group, Select, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { FlaskConical, RotateCw } from 'lucide-react';
import { ChoiceSelect } from '../../components/choice-select.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { formatCount } from '../../format/format-number.ts';
import { useExchanges } from '../../hooks/use-exchanges.ts';
import { choiceField, textField, useSearchState } from '../../hooks/use-search-state.ts';
import { VerdictTable } from './verdict-table.tsx';

interface PreviewChoice {
  /** Empty: any. */
  readonly on: string;
  readonly candles: Timeframe | null;
  readonly outcome: AlertOutcome | null;
}

const FIELDS = { on: textField(), candles: choiceField(TIMEFRAMES), outcome: choiceField(ALERT_OUTCOMES) };

/** What the rules make of the newest scan, and why. */
export function PreviewSection() {
  const [choice, change] = useSearchState<PreviewChoice>(FIELDS);
  const { data, error, isPending, isFetching, refetch } = usePreview(choice);
  return (
    <Section
      title="What would fire now"
      description="The rules as they stand, held against the newest scan and the one before it. Nothing is stored or sent."
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<RotateCw size={14} aria-hidden />}
          loading={isFetching}
          onClick={() => void refetch()}
        >
          Look again
        </Button>
      }
    >
      <ScanChoice choice={choice} onChange={change} />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingState label="Loading the preview" />}
      {data && <Verdicts data={data} outcome={choice.outcome} onChoose={(outcome) => change({ outcome })} />}
    </Section>
  );
}

function usePreview({ on, candles }: PreviewChoice) {
  const client = useScannerClient();
  return useQuery({
    queryKey: ['alert-preview', on, candles],
    queryFn: ({ signal }) =>
      client.previewAlerts(
        { ...(on === '' ? {} : { exchange: on }), ...(candles === null ? {} : { timeframe: candles }) },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
}

interface VerdictsProps {
  readonly data: AlertPreviewResponse;
  readonly outcome: AlertOutcome | null;
  readonly onChoose: (outcome: AlertOutcome | null) => void;
}

function Verdicts({ data, outcome, onChoose }: VerdictsProps) {
  const { reason, verdicts, count, timestamp } = data;
  if (reason !== null) {
    return (
      <EmptyState title="Nothing to compare" icon={FlaskConical}>
        {reason}
      </EmptyState>
    );
  }
  return (
    <>
      <Text fw={600} role="status">
        {count === 0 ? 'Nothing would fire' : `${formatCount(count, 'alert')} would fire`} (looked{' '}
        <TimeText value={timestamp} style="time" />)
      </Text>
      <VerdictTable verdicts={verdicts} chosen={outcome} onChoose={onChoose} />
    </>
  );
}

interface ScanChoiceProps {
  readonly choice: PreviewChoice;
  readonly onChange: (change: Partial<PreviewChoice>) => void;
}

function ScanChoice({ choice: { on, candles }, onChange }: ScanChoiceProps) {
  const { data: exchanges = [] } = useExchanges();
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label="Newest scan of"
        placeholder="Any exchange"
        clearable
        clearButtonProps={{ 'aria-label': 'Any exchange' }}
        data={exchanges.map(({ id, name }) => ({ value: id, label: name }))}
        value={on || null}
        onChange={(value) => onChange({ on: value ?? '' })}
        w={200}
      />
      <ChoiceSelect
        label="Candles"
        choices={TIMEFRAMES}
        value={candles}
        onChange={(candles) => onChange({ candles })}
        w={110}
      />
    </Group>
  );
}
