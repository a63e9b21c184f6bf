import { type RunRequest, runRequestSchema, ScannerError, toInvalidInput } from '@fast-scanner/shared';
import type { RunOptions } from './run-options.ts';

/** Which option stands for which field of the request. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
  limit: '--limit',
  min_score: '--min-score',
  sniper_mode: '--mode',
  exchange: '--exchange',
  leverage: '--leverage',
  symbols: '--symbols',
};

/** The request that the options make. @throws ScannerError `invalid_input`, which names the options */
export function planRun(options: RunOptions): RunRequest {
  const { mode, limit, minScore, exchange, majors, altcoins, meme = false, leverage, symbols } = options;
  if (!majors && !altcoins && !meme && !symbols) {
    const detail = '--no-majors and --no-altcoins leave nothing to scan; add --meme or name --symbols';
    throw new ScannerError('invalid_input', detail);
  }
  const parsed = runRequestSchema.safeParse({
    sniper_mode: mode,
    limit,
    min_score: minScore,
    exchange,
    majors,
    altcoins,
    meme_mode: meme,
    leverage,
    symbols,
  });
  if (parsed.success) return parsed.data;
  const { errors } = toInvalidInput(parsed.error.issues);
  throw new ScannerError('invalid_input', errors.map(describeField).join('; '), { errors });
}

/** `--symbols, number 2: must look like BTC/USDT`. */
function describeField({ pointer, detail }: ScannerError['errors'][number]): string {
  const [field = '', index] = pointer.split('/').slice(1);
  const place = index === undefined ? '' : `, number ${Number(index) + 1}`;
  return `${OPTION_NAMES[field] ?? field}${place}: ${detail}`;
}
