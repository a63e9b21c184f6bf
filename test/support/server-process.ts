import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { builtServer } from './built-server.ts';
import { eventually } from './eventually.ts';

/** The server as a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Time from the start of the process until it said that it is ready. */
  readonly readyAfterMs: number;
  /** Sends the signal and answers how the process ended: `[exitCode, signal]`. */
  end(signal: NodeJS.Signals): Promise<readonly [number | null, NodeJS.Signals | null]>;
}

/** Nothing happens that the test does not ask for. */
const QUIETLY = {
  PORT: '0',
  SCAN_SCHEDULE_ENABLED: 'false',
  PREDICTION_ENABLED: 'false',
  LOG_LEVEL: 'silent',
};

/** Starts the product as `npm start` does, on a free port. */
export async function startServerProcess(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const main = fileURLToPath(new URL('main.js', await builtServer()));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...QUIETLY, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>; // the event's arguments
  const hasEnded = ended.then(() => {
    throw new Error(`the server ended: ${said}`);
  });
  const isReady = eventually(() => {
    if (child.exitCode !== null) return ''; // the other promise says why
    const [, address] = /ready at (http:\S+)/.exec(said) ?? [];
    if (!address) throw new Error(`the server is not ready: ${said}`);
    return address;
  });
  const url = await Promise.race([isReady, hasEnded]);
  hasEnded.catch(() => undefined); // from now on its end is the caller's business
  return {
    url,
    child,
    readyAfterMs: performance.now() - startedAt,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
