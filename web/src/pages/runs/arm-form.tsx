import type { ModesResponse, RunInput } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Crosshair } from 'lucide-react';
import type { FormEvent } from 'react';
import { useLocation } from 'wouter';
import { runPath } from '../../app/page-paths.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { StartError } from '../../components/start-error.tsx';
import { useSearchState } from '../../hooks/use-search-state.ts';
import { ARM_FIELDS, missingCategory, toRunInput } from './arm-choice.ts';
import { ArmFields } from './arm-fields.tsx';
import { ModePicker } from './mode-picker.tsx';
import { useModes } from './use-modes.ts';

/** Chooses what a run looks for, and starts it. The choice stands in the address, so that it can be kept and sent. */
export function ArmForm() {
  const { data, error, refetch } = useModes();
  if (error && !data)
    return <ErrorState title="The modes are not known" error={error} onRetry={() => void refetch()} />;
  return (
    <Section
      title="Arm the scanner"
      description="It looks for setups on several timeframes at once, and says of every symbol why it is one or not."
    >
      {data ? <Form {...data} /> : <LoadingState label="Loading the modes" rows={4} rowHeight={64} />}
    </Section>
  );
}

function Form({ modes, default_mode }: ModesResponse) {
  const [choice, change] = useSearchState(ARM_FIELDS);
  const start = useStart();
  const modeOf = (name: string) => modes.find(({ mode }) => mode === name);
  const mode = modeOf(choice.mode) ?? modeOf(default_mode);
  const isPossible = missingCategory(choice) === null;
  const arm = () => {
    if (isPossible) start.mutate(toRunInput(choice, mode?.mode));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    arm();
  };
  return (
    <form onSubmit={submit} aria-label="Arm the scanner">
      <Stack gap="md">
        <ModePicker
          modes={modes}
          value={mode?.mode ?? ''}
          onChange={(mode) => change({ mode: mode === default_mode ? '' : mode })}
        />
        <ArmFields
          choice={choice}
          onChange={change}
          modeMinScore={mode?.min_score ?? 0}
          error={start.error}
        />
        {start.error && <StartError error={start.error} onRetry={arm} />}
        <Group>
          <Button
            type="submit"
            leftSection={<Crosshair size={16} aria-hidden />}
            loading={start.isPending}
            disabled={!isPossible}
          >
            Arm scanner
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Starts a run and goes to its page. */
function useStart() {
  const client = useScannerClient();
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: (input: RunInput) => client.runs.start(input),
    onSuccess: ({ runId }) => navigate(runPath(runId)),
  });
}
