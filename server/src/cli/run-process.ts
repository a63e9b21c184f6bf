import { inspect } from 'node:util';
import type { CliContext } from './cli-context.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { handleStopSignals } from './stop-signals.ts';

const LONGEST_INTERVAL_MS = 2 ** 31 - 1;

/** Runs a command as this process: with its streams and signals, ending it with the command's exit code. */
export async function runProcess(command: (context: CliContext) => Promise<number>): Promise<void> {
  const stop = new AbortController();
  handleStopSignals(() => stop.abort());
  process.on('uncaughtException', endAfterBug); // unhandled rejections come here too
  // The clock's timers keep no process alive, so that a server can end; a command that waits for one has to.
  setInterval(() => undefined, LONGEST_INTERVAL_MS);
  const { env, stdout, stderr } = process;
  try {
    end(await command({ env, folder: process.cwd(), stdout, stderr, signal: stop.signal }));
  } catch (error) {
    endAfterBug(error);
  }
}

function endAfterBug(error: unknown): void {
  process.stderr.write(`Fast Scanner stops because of an unexpected error:\n${inspect(error)}\n`);
  end(EXIT_CODES.failed);
}

/** Ends the process once what was written is out. */
function end(exitCode: number): void {
  process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
}
