import { Writable } from 'node:stream';
import type { OutputStream } from '@fast-scanner/server/cli/cli-context.ts';
import { runCli } from '@fast-scanner/server/cli/run-cli.ts';

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly isTTY?: boolean;
  readonly signal?: AbortSignal;
  /** Hears of everything that is written. */
  readonly onOutput?: (text: string) => void;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** A thread takes long to start from the source, so that every command has one of each kind. */
const FEW_THREADS = { DEEP_ANALYSIS_CONCURRENCY: '1' };

/** Runs `fast-scanner` in this process, in a folder without `.env` unless one is given. */
export async function runCommand(args: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
  const { env = {}, folder = import.meta.dirname, isTTY = false, onOutput = () => undefined } = options;
  const stdout = new MemoryStream(isTTY, onOutput);
  const stderr = new MemoryStream(isTTY, onOutput);
  const signal = options.signal ?? new AbortController().signal;
  const exitCode = await runCli(args, { env: { ...FEW_THREADS, ...env }, folder, stdout, stderr, signal });
  return { exitCode, out: stdout.text, err: stderr.text };
}

class MemoryStream extends Writable implements OutputStream {
  readonly isTTY: boolean;
  text = '';
  readonly #onText: (text: string) => void;

  constructor(isTTY: boolean, onText: (text: string) => void) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
    this.#onText = onText;
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.text += chunk;
    this.#onText(chunk);
    done();
  }
}
