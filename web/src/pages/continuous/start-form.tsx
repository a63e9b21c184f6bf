import type { ContinuousConfig, StartContinuousInput } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { Accordion, Button, Checkbox, Group, Stack } from '@mantine/core';
import { Play } from 'lucide-react';
import { type ComponentProps, type FormEvent, useState } from 'react';
import { fieldError } from '../../components/field-error.ts';
import { Section } from '../../components/section.tsx';
import { StartError } from '../../components/start-error.tsx';
import { SymbolsInput } from '../../components/symbols-input.tsx';
import { useExchanges } from '../../hooks/use-exchanges.ts';
import { ConfigFields } from './config-fields.tsx';
import { type StartChoice, sharedTimeframes, toStartInput } from './start-choice.ts';
import { useChangeContinuous } from './use-continuous-status.ts';

/** Chooses what is followed and how, and starts it. */
export function StartForm({ config }: { readonly config: ContinuousConfig }) {
  const { continuous } = useScannerClient();
  const [choice, setChoice] = useState<StartChoice>({ exchanges: [], symbols: [], config });
  const start = useChangeContinuous((input: StartContinuousInput) => continuous.start(input));
  const change = (part: Partial<StartChoice>) => setChoice({ ...choice, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate(toStartInput(choice));
  };
  return (
    <Section
      title="Start the continuous scanner"
      description="It goes on until it is stopped, also when the server restarts. Every field has a good default."
    >
      <form onSubmit={submit} aria-label="Start the continuous scanner">
        <Stack gap="md">
          <Exchanges
            value={choice.exchanges}
            onChange={(exchanges) => change({ exchanges })}
            error={fieldError(start.error, 'exchanges')}
          />
          <SymbolsInput
            label="Symbols"
            description="Optional. Without them each exchange’s own universe is followed."
            value={choice.symbols}
            onChange={(symbols) => change({ symbols })}
            exchange={choice.exchanges[0] ?? ''}
            error={fieldError(start.error, 'symbols')}
          />
          <Settings config={choice.config} onChange={(config) => change({ config })} error={start.error} />
          {start.error && (
            <StartError error={start.error} onRetry={() => start.mutate(toStartInput(choice))} />
          )}
          <StartButton isStarting={start.isPending} config={choice.config} />
        </Stack>
      </form>
    </Section>
  );
}

function Settings(props: ComponentProps<typeof ConfigFields>) {
  return (
    <Accordion variant="contained">
      <Accordion.Item value="config">
        <Accordion.Control>Timeframes, intervals and thresholds</Accordion.Control>
        <Accordion.Panel>
          <ConfigFields {...props} />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

interface StartButtonProps extends Pick<StartChoice, 'config'> {
  readonly isStarting: boolean;
}

function StartButton({ isStarting, config }: StartButtonProps) {
  return (
    <Group>
      <Button
        type="submit"
        leftSection={<Play size={16} aria-hidden />}
        loading={isStarting}
        disabled={sharedTimeframes(config).length > 0}
      >
        Start
      </Button>
    </Group>
  );
}

interface ExchangesProps {
  readonly value: readonly string[];
  readonly onChange: (exchanges: readonly string[]) => void;
  readonly error: string | null;
}

function Exchanges({ value, onChange, error }: ExchangesProps) {
  const { data: exchanges = [] } = useExchanges();
  const fallback = exchanges.find((exchange) => exchange.default)?.name;
  return (
    <Checkbox.Group
      label="Exchanges"
      description={fallback === undefined ? 'Optional' : `None chosen: ${fallback}`}
      value={[...value]}
      onChange={onChange}
      error={error}
    >
      <Group gap="lg" mt={6} mb={4}>
        {exchanges.map(({ id, name, kind, health }) => (
          <Checkbox
            key={id}
            value={id}
            label={name.toLowerCase().includes(kind) ? name : `${name} · ${kind}`}
            disabled={health.status === 'unconfigured'}
          />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
