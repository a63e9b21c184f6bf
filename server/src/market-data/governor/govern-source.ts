import type { MarketDataSource, TickerWatch } from '../market-data-source.ts';
import { OpenCalls } from '../open-calls.ts';
import type { Governor } from './create-governor.ts';

/** The same source with every call under the governor: paced, retried and held back as the exchange demands. */
export function governSource(source: MarketDataSource, governor: Governor): MarketDataSource {
  const calls = new OpenCalls();
  const governed = <Result>(caller: AbortSignal | undefined, ask: (signal: AbortSignal) => Promise<Result>) =>
    calls.run(caller, (signal) => governor.run(() => ask(signal), signal));
  const listMarkets = (signal: AbortSignal) => source.listMarkets({ signal });

  return {
    dataSource: source.dataSource,
    now: () => source.now(),
    listMarkets: (options) => governed(options?.signal, listMarkets),
    fetchCandles: (request, options) =>
      governed(options?.signal, (signal) => source.fetchCandles(request, { signal })),
    fetchTickers: (symbols, options) =>
      governed(options?.signal, (signal) => source.fetchTickers(symbols, { signal })),
    ...(source.watchTickers && { watchTickers: governedWatch(source.watchTickers.bind(source)) }),
    close: async () => {
      await Promise.all([calls.close(), source.close()]);
    },
  };

  /** It begins when the exchange may be asked. What is pushed costs no request, and a broken stream says nothing about requests. */
  function governedWatch(watchTickers: (watch: TickerWatch) => Promise<never>) {
    return (watch: TickerWatch) =>
      calls.run(watch.signal, async (signal) => {
        await governor.run(() => listMarkets(signal), signal);
        return watchTickers({ ...watch, signal });
      });
  }
}
