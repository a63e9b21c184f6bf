import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from './config-error.ts';
import type { Environment } from './load-config.ts';

/**
 * The variables of the process with those of the folder's `.env` file below them: what is really set wins, even when it is empty.
 * @throws ConfigError when there is a `.env` that cannot be read
 */
export function readEnvironment(env: Environment, folder: string): Environment {
  return { ...parseEnv(readEnvFile(join(folder, '.env'))), ...env };
}

function readEnvFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    const detail = `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new ConfigError([{ variable: '.env', detail }]);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
