import type { SearchField } from '../../hooks/use-search-state.ts';

/** Values of a strategy's parameters by their names. */
export type ParameterValues = Readonly<Record<string, number>>;

/** Parameters in the address: `fast:10,slow:30`. */
export function parametersField(): SearchField<ParameterValues> {
  return {
    fallback: {},
    parse: (text) => Object.fromEntries(text.split(',').flatMap(parsePair)),
    format: (values) =>
      Object.entries(values)
        .map(([name, value]) => `${name}:${value}`)
        .join(','),
  };
}

function parsePair(text: string): readonly (readonly [string, number])[] {
  const [name = '', number = ''] = text.split(':');
  const value = Number(number);
  return name === '' || number === '' || !Number.isFinite(value) ? [] : [[name, value]];
}
