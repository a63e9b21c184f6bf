import { useScannerClient } from '@fast-scanner/client/react';
import { Button, FocusTrap, Popover, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { lazy, memo, Suspense, useEffect } from 'react';
import { formatDuration } from '../../format/format-duration.ts';
import { useNow } from '../../hooks/use-now.ts';
import { SCHEDULE_KEY } from './schedule-key.ts';

const ScheduleEditor = lazy(async () => ({
  default: (await import('./schedule-editor.tsx')).ScheduleEditor,
}));

/** When the next scheduled scan begins, counted down; opens the schedule. */
export const NextScan = memo(function NextScan() {
  const client = useScannerClient();
  const { data } = useQuery({ queryKey: SCHEDULE_KEY, queryFn: ({ signal }) => client.schedule({ signal }) });
  if (!data) return null;
  const { schedule, nextScanAt } = data;
  return (
    <Popover position="bottom-end" shadow="md" returnFocus withRoles={false}>
      <Popover.Target>
        <Button variant="default" leftSection={<CalendarClock size={16} aria-hidden />}>
          {nextScanAt === null ? 'No scheduled scans' : <Countdown key={nextScanAt} until={nextScanAt} />}
        </Button>
      </Popover.Target>
      <Popover.Dropdown w={280}>
        <Suspense fallback={<Skeleton height={150} />}>
          <FocusTrap>
            <div>
              <ScheduleEditor schedule={schedule} />
            </div>
          </FocusTrap>
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
});

function Countdown({ until }: { readonly until: string }) {
  const queryClient = useQueryClient();
  const leftMs = Date.parse(until) - useNow();
  const isDue = leftMs <= 0;
  useEffect(() => {
    if (isDue) void queryClient.invalidateQueries({ queryKey: ['scans'] });
  }, [isDue, queryClient]);
  return <>{isDue ? 'Scheduled scan begins' : `Next scan in ${formatDuration(leftMs)}`}</>;
}
