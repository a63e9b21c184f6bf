import { CommanderError } from 'commander';
import type { CliContext } from './cli-context.ts';
import { createProgram } from './create-program.ts';
import { EXIT_CODES } from './exit-codes.ts';

/** Runs `fast-scanner` with the given arguments; answers the exit code. */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  let exitCode: number = EXIT_CODES.ok;
  const program = createProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
  }
}
