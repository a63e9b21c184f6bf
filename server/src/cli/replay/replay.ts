import { ScannerError } from '@fast-scanner/shared';
import { readEnvironment } from '../../config/read-environment.ts';
import type { CliContext } from '../cli-context.ts';
import { formatCount, formatSeconds } from '../format-cells.ts';
import { reportFailure } from '../server/report-failure.ts';
import { planReplay } from './plan-replay.ts';
import type { ReplayOptions } from './replay-options.ts';
import { reportReplay } from './report-replay.ts';
import { runReplay } from './run-replay.ts';

/** Replays recorded history in this process and prints the scorecard; answers the exit code. */
export async function replay(options: ReplayOptions, context: CliContext): Promise<number> {
  try {
    const plan = planReplay(options, readEnvironment(context.env, context.folder));
    const startedAt = performance.now();
    const finished = await runReplay(plan, context);
    const { removed, signals } = finished.result;
    const before = removed > 0 ? `Removed ${formatCount(removed, 'signal')} of an earlier replay. ` : '';
    const took = formatSeconds(performance.now() - startedAt);
    context.stderr.write(
      `${before}${formatCount(signals, 'signal')} in ${took}, kept in ${plan.config.dataDir}\n`,
    );
    return reportReplay(finished, options, context);
  } catch (error) {
    return reportFailure(toUsageError(error), options, context);
  }
}

/** What is wrong with a field of the request is wrong with the option of its name. */
function toUsageError(error: unknown): unknown {
  if (!(error instanceof ScannerError) || error.code !== 'invalid_input') return error;
  return new ScannerError(error.code, `--${error.message}`, { cause: error });
}
