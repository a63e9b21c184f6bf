import type { ConfigVariable } from './config-variable.ts';
import { CONFIG_VARIABLES } from './config-variables.ts';

const HEADER = `# Copy to .env and uncomment what you change. Variables of the environment win over this file.
# Every variable with its default; those without a value are unset.
`;

/** The content of `.env.example`. */
export function envExample(): string {
  const variables = Object.values<ConfigVariable<unknown>>(CONFIG_VARIABLES);
  return [HEADER, ...variables.map(describe)].join('\n');
}

function describe({ name, default: defaultText, meaning, kind }: ConfigVariable<unknown>): string {
  return `# ${meaning}\n# Expected: ${kind.allowed}.\n# ${name}=${defaultText ?? ''}\n`;
}
