import { ScannerError, toInvalidInput } from '@fast-scanner/shared';

/** Which option stands for which field of a request. */
export type OptionNames = Readonly<Record<string, string>>;

/** The problems of a request, told by the options it was made of. */
export function toUsageError(issues: Parameters<typeof toInvalidInput>[0], names: OptionNames): ScannerError {
  const { errors } = toInvalidInput(issues);
  const detail = errors.map((problem) => describeProblem(problem, names)).join('; ');
  return new ScannerError('invalid_input', detail, { errors });
}

/** `--symbols, number 2: must look like BTC/USDT`. */
function describeProblem({ pointer, detail }: ScannerError['errors'][number], names: OptionNames): string {
  const path = pointer.split('/').slice(1);
  const last = path.at(-1) ?? '';
  const isListed = path.length > 1 && /^\d+$/.test(last);
  const field = (isListed ? path.slice(0, -1) : path).join('/');
  const place = isListed ? `, number ${Number(last) + 1}` : '';
  return `${names[field] ?? field}${place}: ${detail}`;
}
