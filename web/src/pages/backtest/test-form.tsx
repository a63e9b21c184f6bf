import { Button, Group, Stack } from '@mantine/core';
import { FlaskConical } from 'lucide-react';
import type { FormEvent } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { StartError } from '../../components/start-error.tsx';
import { useSearchState } from '../../hooks/use-search-state.ts';
import { StrategyFields } from './strategy-fields.tsx';
import { findMistakes, TEST_FIELDS, toMarketScanInput } from './test-choice.ts';
import { TradingFields } from './trading-fields.tsx';
import { UniverseFields } from './universe-fields.tsx';
import { useStartTest } from './use-start-test.ts';
import { type StrategyInfo, useStrategies } from './use-strategies.ts';

/** Chooses a strategy, a market and how it is traded, and starts the test. The choice stands in the address. */
export function TestForm() {
  const { data, error, refetch } = useStrategies();
  if (error && !data)
    return <ErrorState title="The strategies are not known" error={error} onRetry={() => void refetch()} />;
  return (
    <Section
      title="Test a strategy on a whole market"
      description="Every stock begins with the same money. A signal at a candle's close is filled at the next open."
    >
      {data ? <Form strategies={data} /> : <LoadingState label="Loading the strategies" rowHeight={56} />}
    </Section>
  );
}

function Form({ strategies }: { readonly strategies: readonly StrategyInfo[] }) {
  const [choice, change] = useSearchState(TEST_FIELDS);
  const start = useStartTest();
  const strategy = strategies.find(({ id }) => id === choice.strategy) ?? strategies[0];
  const mistakes = findMistakes(choice);
  const isSound = strategy !== undefined && Object.values(mistakes).every((mistake) => mistake === null);
  const test = () => {
    if (isSound) start.mutate(toMarketScanInput(choice, strategy.id));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    test();
  };
  const fields = { choice, onChange: change, error: start.error };
  return (
    <form onSubmit={submit} aria-label="Test a strategy">
      <Stack gap="md">
        <StrategyFields {...fields} strategies={strategies} strategy={strategy} />
        <UniverseFields {...fields} mistakes={mistakes} />
        <TradingFields {...fields} />
        {start.error && <StartError error={start.error} onRetry={test} />}
        <Group>
          <Button
            type="submit"
            leftSection={<FlaskConical size={16} aria-hidden />}
            loading={start.isPending}
            disabled={!isSound}
          >
            Start the test
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
