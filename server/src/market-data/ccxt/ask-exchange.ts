import { type CallContext, callContext } from './call-context.ts';
import { toScannerError } from './to-scanner-error.ts';

/** Runs calls to ccxt so that their requests obey the signal and whatever they throw is a `ScannerError`. */
export function askExchange<Result>(
  exchangeId: string,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const context: CallContext = { signal, failure: null };
  return callContext.run(context, async () => {
    try {
      return await work();
    } catch (error) {
      throw toScannerError(error, context.failure, exchangeId);
    }
  });
}
