import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { checkConfig } from './check-config.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import type { ConfigVariable } from './config-variable.ts';
import { CONFIG_VARIABLES } from './config-variables.ts';
import { deepFreeze } from './deep-freeze.ts';

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings that an environment makes. Empty variables count as unset; relative paths start at the working folder.
 * @throws ConfigError with every problem there is
 */
export function loadConfig(env: Environment): Config {
  const problems: ConfigProblem[] = [];
  const settings = Object.entries(CONFIG_VARIABLES).map(([key, variable]) => {
    const value = readVariable(env, variable);
    if (value !== undefined) return [key, value];
    problems.push(describeProblem(env, variable));
    return [key, undefined];
  });
  const raw = Object.fromEntries(settings) as Partial<Config>; // the table has exactly the keys of Config
  problems.push(...checkConfig(raw));
  if (problems.length > 0) throw new ConfigError(problems);
  const config = raw as Config; // no variable without a value is left
  const { dataDir, filesDir } = config;
  return deepFreeze({
    ...config,
    dataDir: resolve(dataDir),
    filesDir: filesDir === null ? null : resolve(filesDir),
  });
}

/** The text a variable is read from: what is set, else its default, else nothing. */
export function textOf(env: Environment, { name, default: defaultText }: ConfigVariable<unknown>): string {
  return env[name]?.trim() || (defaultText ?? '');
}

function readVariable(env: Environment, variable: ConfigVariable<unknown>): unknown {
  const text = textOf(env, variable);
  if (text === '' && variable.default === null) return variable.whenUnset;
  return variable.kind.parse(text);
}

function describeProblem(env: Environment, variable: ConfigVariable<unknown>): ConfigProblem {
  const { name, kind, isSecret } = variable;
  const found = isSecret ? 'its value' : JSON.stringify(textOf(env, variable));
  return { variable: name, detail: `${found} is not allowed; expected ${kind.allowed}` };
}
