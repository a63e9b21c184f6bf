import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const COMMIT_LOOP = new URL('./commit-loop.ts', import.meta.url);

/** A process that writes to a folder until it is killed, and prints a line for everything that was acknowledged. */
export class CommittingProcess {
  readonly #child: ChildProcess;
  #output = '';
  #onOutput: () => void = () => {};

  constructor(folder: string, program = COMMIT_LOOP, ...more: readonly string[]) {
    this.#child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(program), folder, ...more], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
      this.#onOutput();
    });
    this.#child.once('exit', () => this.#onOutput());
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Every line: of the commit loop, an acknowledged event as `stream seq`. */
  get acknowledged(): readonly string[] {
    return this.#output.split('\n').slice(0, -1);
  }

  async untilAcknowledged(count: number): Promise<void> {
    while (this.acknowledged.length < count) {
      if (this.#child.exitCode !== null) throw new Error(`the process ended with ${this.#child.exitCode}`);
      await new Promise<void>((resolve) => {
        this.#onOutput = resolve;
      });
    }
  }

  /** `kill -9`; resolves when the process is gone and all its output was read. */
  async kill(): Promise<void> {
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await closed;
  }
}
