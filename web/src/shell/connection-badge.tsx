import type { ConnectionState } from '@fast-scanner/client';
import { Badge, Loader } from '@mantine/core';
import { Wifi, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { TimeText } from '../components/time-text.tsx';
import { type ConnectionStatus, useConnectionStatus } from '../hooks/use-connection-status.ts';
import classes from './shell.module.css';

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
const REPLAYING: Look = { ...CONNECTING, label: 'Catching up' };
const ONLINE: Look = { label: 'Connected', color: 'teal', icon: <Wifi size={13} aria-hidden /> };
const OFFLINE: Look = { label: 'Offline', color: 'red', icon: <WifiOff size={13} aria-hidden /> };

const LOOKS: Readonly<Record<ConnectionState, Look>> = {
  idle: CONNECTING,
  connecting: CONNECTING,
  open: ONLINE,
  replaying: REPLAYING,
  offline: OFFLINE,
  closed: OFFLINE,
};

/** Whether the live connection stands, and how old the data are when it does not. */
export function ConnectionBadge() {
  const status = useConnectionStatus();
  const { label, color, icon } = LOOKS[status.state];
  return (
    <Badge
      role="status"
      className={classes['status']}
      variant="light"
      color={color}
      leftSection={icon}
      tt="none"
    >
      {label}
      <DataAge {...status} />
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
