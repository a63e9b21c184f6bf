import type { HistoryRequest } from '../candle-history.ts';
import type { CallOptions, MarketDataSource } from '../market-data-source.ts';
import { OpenCalls } from '../open-calls.ts';
import type { Governor } from './create-governor.ts';

/** The same source with every call under the governor: paced, retried and held back as the exchange demands. */
export function governSource(source: MarketDataSource, governor: Governor): MarketDataSource {
  const calls = new OpenCalls();
  const governed = <Result>(caller: AbortSignal | undefined, ask: (signal: AbortSignal) => Promise<Result>) =>
    calls.run(caller, (signal) => governor.run(() => ask(signal), signal));

  const fetchHistory = source.fetchHistory?.bind(source);

  return {
    dataSource: source.dataSource,
    now: () => source.now(),
    listMarkets: (options) => governed(options?.signal, (signal) => source.listMarkets({ signal })),
    fetchCandles: (request, options) =>
      governed(options?.signal, (signal) => source.fetchCandles(request, { signal })),
    ...(fetchHistory && {
      fetchHistory: (request: HistoryRequest, options?: CallOptions) =>
        governed(options?.signal, (signal) => fetchHistory(request, { signal })),
    }),
    fetchTickers: (symbols, options) =>
      governed(options?.signal, (signal) => source.fetchTickers(symbols, { signal })),
    close: async () => {
      await Promise.all([calls.close(), source.close()]);
    },
  };
}
