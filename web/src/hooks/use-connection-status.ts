import type { ConnectionState, ScannerClient } from '@fast-scanner/client';
import { useConnection, useScannerClient } from '@fast-scanner/client/react';

export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** While the connection is lost: when it was last there, epoch ms. What is shown is as old as that. */
  readonly dataAsOf: number | null;
}

const lostAt = new WeakMap<ScannerClient, number>();

/** How the live connection is, and how old the data are while it is lost. */
export function useConnectionStatus(): ConnectionStatus {
  const client = useScannerClient();
  const state = useConnection();
  if (state !== 'offline') lostAt.delete(client);
  else if (!lostAt.has(client)) lostAt.set(client, Date.now());
  return { state, dataAsOf: lostAt.get(client) ?? null };
}
