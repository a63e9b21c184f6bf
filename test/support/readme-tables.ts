import type { ConfigVariable } from '@fast-scanner/server/config/config-variable.ts';
import { CONFIG_VARIABLES } from '@fast-scanner/server/config/config-variables.ts';
import { ERROR_CODES, type ErrorCodeEntry } from '@fast-scanner/shared';

/** The README's tables as they follow from the code, by the name of their marker. */
export function readmeTables(): Readonly<Record<string, string>> {
  return { configuration: configurationTable(), errors: errorTable() };
}

function configurationTable(): string {
  const variables = Object.values<ConfigVariable<unknown>>(CONFIG_VARIABLES);
  const rows = variables.map(({ name, default: value, meaning }) => {
    return `| \`${name}\` | ${value === null ? '–' : `\`${value}\``} | ${meaning} |`;
  });
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

function errorTable(): string {
  const rows = Object.entries<ErrorCodeEntry>(ERROR_CODES).map(([code, { status, retryable, title }]) => {
    return `| \`${code}\` | ${status} | ${retryable ? 'yes' : 'no'} | ${title} |`;
  });
  return ['| code | status | try again | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

/** Text of the README with the table after its marker put in; what followed the marker up to the next empty line goes. */
export function putTable(readme: string, name: string, table: string): string {
  const marker = `<!-- table: ${name} -->\n`;
  const start = readme.indexOf(marker) + marker.length;
  const end = readme.indexOf('\n\n', start - 1);
  return `${readme.slice(0, start)}${table}${readme.slice(end)}`;
}
