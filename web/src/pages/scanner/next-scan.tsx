import type { Schedule } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { Button, Popover, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { useEffect } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { formatDuration } from '../../format/format-duration.ts';
import { useNow } from '../../hooks/use-now.ts';

const KEY = ['scans', 'schedule'];
const MOST_MINUTES = 1440;

/** When the next scheduled scan begins, counted down; opens the schedule. */
export function NextScan() {
  const client = useScannerClient();
  const queryClient = useQueryClient();
  const { data } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => client.schedule({ signal }) });
  const update = useMutation({
    mutationFn: (schedule: Schedule) => client.updateSchedule(schedule),
    onSuccess: (answer) => queryClient.setQueryData(KEY, answer),
  });
  if (!data) return null;
  const { schedule, nextScanAt } = data;
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<CalendarClock size={16} aria-hidden />}>
          {nextScanAt === null ? 'No scheduled scans' : <Countdown key={nextScanAt} until={nextScanAt} />}
        </Button>
      </Popover.Target>
      <Popover.Dropdown w={280}>
        <Stack gap="sm">
          <Switch
            label="Scan on a schedule"
            checked={schedule.enabled}
            onChange={({ currentTarget }) => update.mutate({ ...schedule, enabled: currentTarget.checked })}
          />
          <NumberField
            label="Every so many minutes"
            description="Counted from midnight, UTC"
            value={schedule.intervalMinutes}
            onChange={(intervalMinutes) => {
              if (intervalMinutes >= 1 && intervalMinutes <= MOST_MINUTES)
                update.mutate({ ...schedule, intervalMinutes });
            }}
            min={1}
            max={MOST_MINUTES}
            allowDecimal={false}
            disabled={!schedule.enabled}
          />
          <Text size="xs" c="dimmed">
            {schedule.symbols ? `${schedule.symbols.length} symbols` : 'The server’s universe'} on{' '}
            {schedule.timeframe} candles
            {schedule.exchange === null ? '' : ` of ${schedule.exchange}`}.
          </Text>
          {update.error && <ErrorState error={update.error} />}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Countdown({ until }: { readonly until: string }) {
  const queryClient = useQueryClient();
  const leftMs = Date.parse(until) - useNow();
  const isDue = leftMs <= 0;
  useEffect(() => {
    if (isDue) void queryClient.invalidateQueries({ queryKey: ['scans'] });
  }, [isDue, queryClient]);
  return <>{isDue ? 'Scheduled scan begins' : `Next scan in ${formatDuration(leftMs)}`}</>;
}
