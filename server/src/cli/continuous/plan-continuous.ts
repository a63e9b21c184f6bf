import { type StartContinuousInput, startContinuousRequestSchema } from '@fast-scanner/shared';
import { type OptionNames, toUsageError } from '../to-usage-error.ts';
import { CONFIG_FIELD_NAMES, nestConfig } from './config-fields.ts';
import type { ContinuousOptions } from './continuous-options.ts';

const OPTION_NAMES: OptionNames = {
  symbols: '--symbols',
  exchanges: '--exchange',
  'config/timeframes': '--config timeframes',
  ...Object.fromEntries(
    CONFIG_FIELD_NAMES.map((name) => [`config/${name.replace('.', '/')}`, `--config ${name}`]),
  ),
};

/**
 * The request that the options make; what they leave out, it leaves out.
 * @throws ScannerError `invalid_input`, which names the options
 */
export function planContinuous({ exchange, symbols, config }: ContinuousOptions): StartContinuousInput {
  const request = {
    ...(symbols && { symbols: [...new Set(symbols)] }),
    ...(exchange && { exchanges: [...new Set(exchange)] }),
    ...(config && { config: nestConfig(config) }),
  };
  const parsed = startContinuousRequestSchema.safeParse(request);
  if (parsed.success) return request;
  throw toUsageError(parsed.error.issues, OPTION_NAMES);
}
