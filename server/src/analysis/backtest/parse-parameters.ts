import { type FieldError, ScannerError } from '@fast-scanner/shared';
import type { ParameterValues, Strategy, StrategyParameter } from './strategy.ts';

/** Most of an unknown name that is quoted, and most errors that are listed: a hostile request must not make the answer large. */
const MAX_NAME_LENGTH = 100;
const MAX_ERRORS = 20;

/** The default of every parameter. */
export function defaultParameters<Name extends string>({
  parameters,
}: Strategy<Name>): ParameterValues<Name> {
  return Object.fromEntries(
    parameters.map(({ name, default: value }) => [name, value]),
  ) as ParameterValues<Name>; // one entry per parameter
}

/**
 * The complete values of a strategy's parameters: what the input names, defaults for the rest. No input (`undefined`, `null`) gives
 * the defaults. Numbers must be numbers, not text.
 *
 * @throws ScannerError `invalid_input` with one entry per problem in `errors`, its pointer below `prefix` (default
 *   `/parameters`): an unknown name, a wrong type, a value out of range, a group that does not rise
 */
export function parseParameters<Name extends string>(
  strategy: Strategy<Name>,
  input: unknown,
  prefix = '/parameters',
): ParameterValues<Name> {
  const given = toFields(input ?? {}, prefix);
  const defaults = defaultParameters(strategy);
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(defaults, name));
  const errors = [
    ...unknown.map((name) => unknownParameter(name, strategy, prefix)),
    ...strategy.parameters.flatMap((parameter) => problemsOf(parameter, given, prefix)),
  ];
  if (errors.length > 0) throw refuse(strategy, errors);
  const values: ParameterValues<Name> = { ...defaults, ...given };
  const unordered = (strategy.rising ?? []).flatMap((names) => problemsOfOrder(names, values, prefix));
  if (unordered.length > 0) throw refuse(strategy, unordered);
  return values;
}

function toFields(input: unknown, prefix: string): Readonly<Record<string, unknown>> {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { ...input };
  const detail = 'must be an object of parameter names and numbers';
  throw new ScannerError('invalid_input', `${prefix || '/'}: ${detail}`, {
    errors: [{ pointer: prefix, code: 'invalid_type', detail }],
  });
}

function unknownParameter(name: string, { parameters }: Strategy, prefix: string): FieldError {
  const known = parameters.map((parameter) => parameter.name).join(', ') || 'none';
  return {
    pointer: pointerTo(name, prefix),
    code: 'unrecognized_keys',
    detail: `unknown parameter; there are: ${known}`,
  };
}

function problemsOf(
  { name, type, min, max }: StrategyParameter,
  given: Readonly<Record<string, unknown>>,
  prefix: string,
): FieldError[] {
  const value = given[name];
  const pointer = pointerTo(name, prefix);
  if (!Object.hasOwn(given, name)) return [];
  if (typeof value !== 'number' || !Number.isFinite(value))
    return [{ pointer, code: 'invalid_type', detail: 'must be a number' }];
  if (type === 'integer' && !Number.isInteger(value))
    return [{ pointer, code: 'invalid_type', detail: `must be a whole number, got ${value}` }];
  if (value < min) return [{ pointer, code: 'too_small', detail: `must be at least ${min}, got ${value}` }];
  if (value > max) return [{ pointer, code: 'too_big', detail: `must be at most ${max}, got ${value}` }];
  return [];
}

function problemsOfOrder<Name extends string>(
  names: readonly Name[],
  values: ParameterValues<Name>,
  prefix: string,
): FieldError[] {
  return names.slice(1).flatMap((upper, index) => {
    const lower = names[index];
    if (lower === undefined || values[lower] < values[upper]) return [];
    const detail = `must be below ${upper} (${values[upper]}), got ${values[lower]}`;
    return [{ pointer: pointerTo(lower, prefix), code: 'custom', detail }];
  });
}

function refuse({ id }: Strategy, errors: readonly FieldError[]): ScannerError {
  const listed = errors.slice(0, MAX_ERRORS);
  const summary = listed
    .slice(0, 3)
    .map(({ pointer, detail }) => `${pointer}: ${detail}`)
    .join('; ');
  return new ScannerError('invalid_input', `${id}: ${summary}`, { errors: listed });
}

function pointerTo(name: string, prefix: string): string {
  return `${prefix}/${name.slice(0, MAX_NAME_LENGTH).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
