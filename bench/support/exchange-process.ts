import { fork } from 'node:child_process';
import { startExchangeServer } from '../../test/support/exchange-server/index.ts';

export interface ExchangeProcess {
  readonly url: string;
  readonly symbols: readonly string[];
  close(): void;
}

interface Announcement {
  readonly url: string;
  readonly symbols: readonly string[];
}

/** A test exchange in a process of its own, so that its work is not counted as the scanner's. */
export function startExchangeProcess(symbols: number, latencyMs: number): Promise<ExchangeProcess> {
  const child = fork(import.meta.filename, [String(symbols), String(latencyMs)], {
    execArgv: ['--import', 'tsx'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the exchange process ended')));
    child.once('message', (message) => {
      resolve({ ...(message as Announcement), close: () => child.kill() }); // sent below
    });
  });
}

if (process.send) {
  const [symbols, latencyMs] = process.argv.slice(2).map(Number);
  const server = await startExchangeServer({ symbols: symbols ?? 20, latencyMs: latencyMs ?? 0 });
  process.send({ url: server.url, symbols: server.symbols } satisfies Announcement);
}
