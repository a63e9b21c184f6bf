import { createContext, type ReactNode, useContext } from 'react';
import type { ScannerClient } from '../index.ts';

const ClientContext = createContext<ScannerClient | null>(null);

export interface ScannerProviderProps {
  /** Made once, outside of components, with `createScannerClient`; whoever made it closes it. */
  readonly client: ScannerClient;
  readonly children?: ReactNode;
}

/**
 * Gives the hooks below it their client.
 * @example
 * const client = createScannerClient({ url: location.origin });
 * createRoot(root).render(<ScannerProvider client={client}><App /></ScannerProvider>);
 */
export function ScannerProvider({ client, children }: ScannerProviderProps) {
  return <ClientContext.Provider value={client}>{children}</ClientContext.Provider>;
}

/**
 * The client of the nearest provider, for calls that have no hook.
 * @example
 * const client = useScannerClient();
 * const onSave = () => client.updateSchedule({ enabled: true, intervalMinutes: 5 });
 * @throws Error outside of a {@link ScannerProvider}
 */
export function useScannerClient(): ScannerClient {
  const client = useContext(ClientContext);
  if (client === null)
    throw new Error('the hooks of @fast-scanner/client/react need a <ScannerProvider client={…}> above them');
  return client;
}
