import { Alert } from '@mantine/core';
import { WifiOff } from 'lucide-react';
import { useConnectionStatus } from '../hooks/use-connection-status.ts';
import { TimeText } from './time-text.tsx';

/** Says, while the connection is lost, how old the page is and that it comes back by itself; else nothing. */
export function OfflineNotice() {
  const { dataAsOf } = useConnectionStatus();
  if (dataAsOf === null) return null;
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<WifiOff aria-hidden />}
      title="Offline"
      mb="md"
      role="status"
    >
      Data as of <TimeText value={dataAsOf} style="time" />. The connection is tried again all the time, and
      nothing is missed: work on the server goes on.
    </Alert>
  );
}
