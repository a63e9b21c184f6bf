import type { ConfigError } from '../config/config-error.ts';
import type { OutputStream } from './cli-context.ts';

/** Writes every problem of a configuration; `names` are what the user wrote instead of some variables. */
export function reportProblems(
  { problems }: ConfigError,
  stderr: OutputStream,
  names: ReadonlyMap<string, string> = new Map(),
): void {
  const lines = problems.map(({ variable, detail }) => `  ${names.get(variable) ?? variable}: ${detail}\n`);
  stderr.write(`The configuration cannot be used:\n${lines.join('')}`);
}
