import { builtServer } from './built-server.ts';

/** The module of the backtest's threads as the product's build makes it. Call it inside `describe`. */
export function bundledBacktestWorker(): { readonly url: URL } {
  const worker = { url: new URL('about:blank') };
  before(async () => {
    worker.url = new URL('backtest-worker.js', await builtServer());
  });
  return worker;
}
