import type { QuickScanInput, ScanEvent } from '@fast-scanner/shared';
import type { ScannerClient } from '../create-scanner-client.ts';
import type { Scan } from '../scan.ts';
import { foldQuickScan, foldScan, foldScanEvent } from './fold-scan.ts';
import type { JobKind } from './job-kind.ts';
import { type JobActions, JobStore } from './job-store.ts';
import type { ReadableStore } from './readable-store.ts';
import { NO_SCAN, type ScanState } from './scan-state.ts';
import { keptStore, sharedStore } from './store-registry.ts';

/** A scan that may be started, followed and cancelled. */
export interface QuickScanStore extends ReadableStore<ScanState>, JobActions<[request?: QuickScanInput]> {}

/**
 * The quick scan of a client, one for each name; it keeps its scan while nobody looks.
 * @example
 * const store = quickScanStore(client);
 * store.subscribe(() => console.log(store.getSnapshot().progress));
 * await store.start({ limit: 20 });
 */
export function quickScanStore(client: ScannerClient, name = ''): QuickScanStore {
  return keptStore(client, `quickScan ${name}`, () => new JobStore(scanKind(client)));
}

/** The scan of that id, shared by all who look at it; `null` is no scan. */
export function scanStore(client: ScannerClient, scanId: string | null): ReadableStore<ScanState> {
  return sharedStore(client, `scan ${scanId}`, () => {
    const store = new JobStore(scanKind(client));
    store.attach(scanId);
    return store;
  });
}

function scanKind(client: ScannerClient): JobKind<ScanState, [request?: QuickScanInput], ScanEvent, Scan> {
  return {
    idle: NO_SCAN,
    start: (request) => client.quickScan(request),
    handle: (scanId) => client.scan(scanId),
    idOf: ({ scanId }) => scanId,
    onHandle: (state, { scanId, quickScan }) =>
      quickScan ? foldQuickScan(state, quickScan) : { ...state, scanId },
    read: async (scan, options) => {
      const answer = await scan.snapshot(options);
      return (state) => foldScan(state, answer);
    },
    onEvent: foldScanEvent,
    onGone: (state, error) => ({ ...state, phase: 'failed', error }),
  };
}
