import { type RunRequest, runRequestSchema, ScannerError } from '@fast-scanner/shared';
import { type OptionNames, toUsageError } from '../to-usage-error.ts';
import type { RunOptions } from './run-options.ts';

const OPTION_NAMES: OptionNames = {
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
  throw toUsageError(parsed.error.issues, OPTION_NAMES);
}
