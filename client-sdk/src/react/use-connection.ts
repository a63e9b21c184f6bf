import { useMemo } from 'react';
import { type ConnectionState, connectionStore } from '../index.ts';
import { useScannerClient } from './scanner-provider.tsx';
import { useStore } from './use-store.ts';

/**
 * How the live connection is. It says nothing of the jobs: those go on while it is `offline`, and what was missed comes while it is
 * `replaying`.
 * @example
 * const connection = useConnection();
 * {connection === 'offline' && <p>Offline: trying to come back</p>}
 */
export function useConnection(): ConnectionState {
  const client = useScannerClient();
  return useStore(useMemo(() => connectionStore(client), [client]));
}
