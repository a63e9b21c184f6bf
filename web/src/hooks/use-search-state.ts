import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';

/** How one filter stands in the address. What equals the default is left out. */
export interface SearchField<Value> {
  readonly fallback: Value;
  /** `undefined` for text that is no value; the fallback then stands. */
  readonly parse: (text: string) => Value | undefined;
  readonly format: (value: Value) => string;
}

type SearchFields<Values> = { readonly [Name in keyof Values]: SearchField<Values[Name]> };

/**
 * Filters kept in the address, so that a link, a reload and the back button bring them back. Make `fields` once, outside of the component.
 * @example
 * const FIELDS = { exchange: textField(), minStrength: numberField(0), signal: choiceField(['BUY', 'SELL', 'HOLD']) };
 * const [filters, setFilters] = useSearchState(FIELDS);
 * setFilters({ exchange: 'demo' });                      // replaces the history's entry
 * setFilters({ scan: 'abc' }, { replace: false });       // makes a new one: back returns to it
 */
export function useSearchState<Values extends object>(fields: SearchFields<Values>) {
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const values = useMemo(() => readValues(fields, new URLSearchParams(text)), [fields, text]);
  const change = useCallback(
    (values: Partial<Values>, { replace = true }: { readonly replace?: boolean } = {}) =>
      setParams((params) => writeValues(fields, params, values), { replace }),
    [fields, setParams],
  );
  return [values, change] as const;
}

/** The query of a link that brings these values: `mode=recon&limit=20`. */
export function toSearch<Values extends object>(
  fields: SearchFields<Values>,
  values: Partial<Values>,
): string {
  return writeValues(fields, new URLSearchParams(), values).toString();
}

export function textField(fallback = ''): SearchField<string> {
  return { fallback, parse: (text) => text, format: (text) => text };
}

export function numberField<Fallback extends number | null>(
  fallback: Fallback,
): SearchField<number | Fallback> {
  const parse = (text: string) => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined);
  return { fallback, parse, format: (value) => String(value ?? '') };
}

export function flagField(fallback = false): SearchField<boolean> {
  const parse = (text: string) => ({ '1': true, '0': false })[text];
  return { fallback, parse, format: (value) => (value ? '1' : '0') };
}

/** One of the choices, or `null` for none. */
export function choiceField<const Choice extends string>(
  choices: readonly Choice[],
): SearchField<Choice | null> {
  return {
    fallback: null,
    parse: (text) => choices.find((choice) => choice === text),
    format: (value) => value ?? '',
  };
}

/** One of the choices, the fallback among them. */
export function optionField<const Choice extends string>(
  choices: readonly Choice[],
  fallback: NoInfer<Choice>,
): SearchField<Choice> {
  return { fallback, parse: (text) => choices.find((choice) => choice === text), format: (value) => value };
}

/** Names separated by commas. */
export function listField(): SearchField<readonly string[]> {
  return {
    fallback: [],
    parse: (text) => text.split(',').filter((part) => part !== ''),
    format: (list) => list.join(','),
  };
}

function readValues<Values extends object>(fields: SearchFields<Values>, params: URLSearchParams): Values {
  const entries = namesOf(fields).map((name) => {
    const { parse, fallback } = fields[name];
    const text = params.get(name);
    return [name, (text === null ? undefined : parse(text)) ?? fallback];
  });
  return Object.fromEntries(entries) as Values; // each entry comes from the field of its name
}

function writeValues<Values extends object>(
  fields: SearchFields<Values>,
  params: URLSearchParams,
  values: Partial<Values>,
): URLSearchParams {
  const written = new URLSearchParams(params);
  for (const name of namesOf(fields)) {
    const value = values[name];
    if (value === undefined) continue;
    const { fallback, format } = fields[name];
    const text = format(value);
    if (text === format(fallback)) written.delete(name);
    else written.set(name, text);
  }
  return written;
}

function namesOf<Values extends object>(fields: SearchFields<Values>): (keyof Values & string)[] {
  return Object.keys(fields) as (keyof Values & string)[]; // it has no others
}
