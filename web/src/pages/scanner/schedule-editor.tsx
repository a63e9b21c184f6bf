import '../../app/mantine-styles-later.css';
import type { Schedule } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { Button, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { formatCount } from '../../format/format-number.ts';
import { SCHEDULE_KEY } from './schedule-key.ts';

const MOST_MINUTES = 1440;

/** Whether and how often the server scans by itself. */
export function ScheduleEditor({ schedule }: { readonly schedule: Schedule }) {
  const client = useScannerClient();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(schedule);
  const save = useMutation({
    mutationFn: (schedule: Schedule) => client.updateSchedule(schedule),
    onSuccess: (answer) => queryClient.setQueryData(SCHEDULE_KEY, answer),
  });
  const isSame = draft.enabled === schedule.enabled && draft.intervalMinutes === schedule.intervalMinutes;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Switch
          label="Scan on a schedule"
          checked={draft.enabled}
          onChange={({ currentTarget }) => setDraft({ ...draft, enabled: currentTarget.checked })}
        />
        <NumberField
          label="Every so many minutes"
          description="Counted from midnight, UTC"
          value={draft.intervalMinutes}
          onChange={(intervalMinutes) => setDraft({ ...draft, intervalMinutes })}
          min={1}
          max={MOST_MINUTES}
          allowDecimal={false}
          disabled={!draft.enabled}
        />
        <Text size="xs" c="dimmed">
          {schedule.symbols ? formatCount(schedule.symbols.length, 'symbol') : 'The server’s universe'} on{' '}
          {schedule.timeframe} candles
          {schedule.exchange === null ? '' : ` of ${schedule.exchange}`}.
        </Text>
        <Button type="submit" size="xs" disabled={isSame} loading={save.isPending}>
          Save
        </Button>
        {save.error && <ErrorState error={save.error} />}
      </Stack>
    </form>
  );
}
