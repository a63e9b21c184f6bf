import type { StrategiesResponse } from '@fast-scanner/shared';

type Strategy = StrategiesResponse['strategies'][number];
type Parameter = Strategy['parameters'][number];

/** Each strategy with its parameters: default, range and meaning. */
export function renderStrategies(strategies: readonly Strategy[]): string {
  return strategies.map(renderStrategy).join('\n');
}

function renderStrategy({ id, title, description, parameters }: Strategy): string {
  const width = Math.max(...parameters.map((parameter) => head(parameter).length));
  const lines = parameters.map(
    (parameter) => `    ${head(parameter).padEnd(width)}  ${parameter.help} (${range(parameter)})\n`,
  );
  return `${id}: ${title}\n  ${description}\n${lines.join('')}`;
}

/** As it is written behind --param. */
function head({ name, default: value }: Parameter): string {
  return `${name}=${value}`;
}

function range({ type, min, max }: Parameter): string {
  return `${type === 'integer' ? 'whole number' : 'number'}, ${min} to ${max}`;
}
