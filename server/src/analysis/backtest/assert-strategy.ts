import { ScannerError } from '@fast-scanner/shared';
import { defaultParameters } from './parse-parameters.ts';
import type { Strategy, StrategyParameter } from './strategy.ts';

const SHAPE = 'must be an object with id, title, description, parameters, lookback and evaluate';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks that a value, as the export of a user's own file, is a {@link Strategy}.
 *
 * @throws ScannerError `invalid_input` whose `errors` name everything that is missing or wrong
 */
export function assertStrategy(value: unknown): asserts value is Strategy {
  const problems = isFields(value) ? [...shapeProblems(value)] : [['', SHAPE]];
  if (problems.length === 0) problems.push(...lookbackProblems(value as Strategy)); // its shape has just been checked
  if (problems.length === 0) return;
  const errors = problems.map(([path = '', detail = '']) => ({
    pointer: path === '' ? '' : `/${path}`,
    code: 'invalid_strategy',
    detail,
  }));
  const summary = problems.map(([path, detail]) => `${path || 'it'} ${detail}`).join('; ');
  throw new ScannerError('invalid_input', `not a strategy: ${summary}`, { errors });
}

type Problem = readonly string[];

function* shapeProblems(strategy: Fields): Generator<Problem> {
  for (const field of ['id', 'title', 'description'])
    if (!isText(strategy[field])) yield [field, 'must be a text'];
  for (const field of ['lookback', 'evaluate'])
    if (typeof strategy[field] !== 'function') yield [field, 'must be a function'];
  const { parameters, rising } = strategy as { parameters?: unknown; rising?: unknown }; // every field is still unknown
  if (!Array.isArray(parameters)) {
    yield ['parameters', 'must be a list (it may be empty)'];
    return;
  }
  const names = new Set<unknown>();
  for (const [index, parameter] of parameters.entries()) {
    yield* parameterProblems(parameter, `parameters/${index}`);
    const name = isFields(parameter) ? parameter['name'] : undefined;
    if (names.has(name)) yield [`parameters/${index}/name`, `is used twice: ${String(name)}`];
    names.add(name);
  }
  if (rising !== undefined && !isListOfKnown(rising, names))
    yield ['rising', 'must be a list of lists of parameter names'];
}

function* parameterProblems(parameter: unknown, path: string): Generator<Problem> {
  if (!isFields(parameter)) {
    yield [path, 'must be an object'];
    return;
  }
  for (const field of ['name', 'help'])
    if (!isText(parameter[field])) yield [`${path}/${field}`, 'must be a text'];
  if (parameter['type'] !== 'integer' && parameter['type'] !== 'number')
    yield [`${path}/type`, 'must be "integer" or "number"'];
  const numbers = ['default', 'min', 'max', ...(parameter['step'] === undefined ? [] : ['step'])];
  const wrong = numbers.filter((field) => !Number.isFinite(parameter[field]));
  yield* wrong.map((field) => [`${path}/${field}`, 'must be a number']);
  if (wrong.length > 0) return;
  const { type, default: value, min, max } = parameter as unknown as StrategyParameter; // checked above
  if (!(min <= value && value <= max)) yield [`${path}/default`, `must lie within ${min} and ${max}`];
  if (type === 'integer' && !Number.isInteger(value)) yield [`${path}/default`, 'must be a whole number'];
}

function* lookbackProblems(strategy: Strategy): Generator<Problem> {
  const candles = strategy.lookback(defaultParameters(strategy));
  if (!Number.isInteger(candles) || candles < 1)
    yield ['lookback', `must answer a whole number of candles, at least 1, got ${candles}`];
}

function isListOfKnown(groups: unknown, names: ReadonlySet<unknown>): boolean {
  return (
    Array.isArray(groups) &&
    groups.every((group) => Array.isArray(group) && group.every((name) => names.has(name)))
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
