import type { ConnectionState } from '@fast-scanner/client';
import { Badge, Box, Loader } from '@mantine/core';
import { Wifi, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { TimeText } from '../components/time-text.tsx';
import { type ConnectionStatus, useConnectionStatus } from '../hooks/use-connection-status.ts';

interface Look {
  readonly label: string;
  readonly color: string;
  readonly icon: ReactNode;
}

const CONNECTING: Look = {
  label: 'Connecting',
  color: 'gray',
  icon: <Loader size={10} color="gray" aria-hidden />,
};
const ONLINE: Look = { label: 'Connected', color: 'teal', icon: <Wifi size={13} aria-hidden /> };
const OFFLINE: Look = { label: 'Offline', color: 'red', icon: <WifiOff size={13} aria-hidden /> };

const LOOKS: Readonly<Record<ConnectionState, Look>> = {
  idle: CONNECTING,
  connecting: CONNECTING,
  open: ONLINE,
  offline: OFFLINE,
  closed: OFFLINE,
};

/** Whether the live connection stands, and how old the data are when it does not. */
export function ConnectionBadge() {
  const status = useConnectionStatus();
  const { label, color, icon } = LOOKS[status.state];
  return (
    <Badge role="status" variant="light" color={color} leftSection={icon} tt="none" style={{ flexShrink: 0 }}>
      <Box component="span" visibleFrom="sm">
        {label}
        <DataAge {...status} />
      </Box>
      <Box component="span" hiddenFrom="sm">
        {label === 'Connected' ? 'Live' : label}
      </Box>
    </Badge>
  );
}

function DataAge({ dataAsOf }: ConnectionStatus) {
  if (dataAsOf === null) return null;
  return (
    <>
      {' · data as of '}
      <TimeText value={dataAsOf} style="time" />
    </>
  );
}
