import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { formatSeconds } from '../format-cells.ts';
import { createPaint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { withServer } from '../server/with-server.ts';
import type { AskContinuousOptions } from './continuous-options.ts';
import { renderStatus } from './render-status.ts';

const DEMAND =
  'no server runs, and the continuous scanner of a command ends with it; start a server with `fast-scanner serve`';

/** Prints how the continuous scanner of a server is; answers the exit code. */
export async function showContinuous(options: AskContinuousOptions, context: CliContext): Promise<number> {
  const { signal, stdout } = context;
  try {
    const status = await withServer(options, context, {
      demand: DEMAND,
      work: (client) => client.continuous.status({ signal }),
    });
    if (options.json) printJson(stdout, status);
    else stdout.write(renderStatus(status, createPaint(context)));
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}

/** Stops the continuous scanner of a server; answers the exit code. One that does not run is stopped as well. */
export async function stopContinuous(options: AskContinuousOptions, context: CliContext): Promise<number> {
  const { signal, stdout } = context;
  try {
    const answer = await withServer(options, context, {
      demand: DEMAND,
      work: (client) => client.continuous.stop({ signal }),
    });
    const { uptime_s } = answer;
    if (options.json) printJson(stdout, answer);
    else if (uptime_s === null) stdout.write('The continuous scanner was not running.\n');
    else stdout.write(`The continuous scanner was stopped after ${formatSeconds(uptime_s * 1000)}.\n`);
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}
