import type { ConfigVariable } from './config-variable.ts';
import { CONFIG_VARIABLES } from './config-variables.ts';
import { type Environment, textOf } from './load-config.ts';

/** Every variable with the text it is read from, one a line as in a `.env` file; secrets that are set are masked. */
export function printConfig(env: Environment): string {
  return Object.values<ConfigVariable<unknown>>(CONFIG_VARIABLES)
    .map((variable) => `${variable.name}=${shownText(env, variable)}\n`)
    .join('');
}

function shownText(env: Environment, variable: ConfigVariable<unknown>): string {
  const text = textOf(env, variable);
  return variable.isSecret && text !== (variable.default ?? '') ? '********' : text;
}
