import type { BlockStore } from '../market-data/governor/block-store.ts';
import type { Store } from '../store/store.ts';

/** Remembers until when an exchange must not be asked, also across restarts. */
export function createBlockStore(store: Store): BlockStore {
  const keyOf = (exchangeId: string) => `exchange.${exchangeId}.blocked-until`;
  return {
    load: async (exchangeId) => (await store.getSetting(keyOf(exchangeId))) as number | null, // written by save alone
    save: async (exchangeId, untilEpochMs) => {
      await store.commit({ putSettings: { [keyOf(exchangeId)]: untilEpochMs } });
    },
  };
}
