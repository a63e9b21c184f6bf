import { ScannerError, type ScorecardQuery, scorecardQuerySchema } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { createPaint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { withServer } from '../server/with-server.ts';
import { type OptionNames, toUsageError } from '../to-usage-error.ts';
import { renderScorecard } from './render-scorecard.ts';
import type { ScorecardOptions } from './scorecard-options.ts';

const OPTION_NAMES: OptionNames = {
  exchange: '--exchange',
  symbol: '--symbol',
  mode: '--mode',
  regime: '--regime',
  signal_type: '--type',
  from: '--from',
  to: '--to',
};

/** Prints what the scanner said against what happened; answers the exit code. */
export async function showScorecard(options: ScorecardOptions, context: CliContext): Promise<number> {
  try {
    const query = planScorecard(options);
    const { signal, stdout } = context;
    const answer = await withServer(options, context, {
      resumes: 'outcomes', // else what became due since the last server would be pending for ever
      work: (client) => client.outcomes.scorecard(query, { signal }),
    });
    if (options.json) printJson(stdout, answer);
    else stdout.write(renderScorecard(answer, { by: options.by, paint: createPaint(context) }));
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}

function planScorecard({ by, json, url, type, ...filters }: ScorecardOptions): ScorecardQuery {
  if (filters.from !== undefined && filters.to !== undefined && filters.from >= filters.to) {
    throw new ScannerError('invalid_input', `--from ${filters.from} must lie before --to ${filters.to}`);
  }
  const parsed = scorecardQuerySchema.safeParse({
    ...filters,
    ...(type === undefined ? {} : { signal_type: type }),
  });
  if (parsed.success) return parsed.data;
  throw toUsageError(parsed.error.issues, OPTION_NAMES);
}
