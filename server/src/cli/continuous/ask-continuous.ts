import type { CliContext } from '../cli-context.ts';
import { formatSeconds } from '../format-cells.ts';
import { createPaint } from '../palette.ts';
import { printAnswer } from '../server/print-answer.ts';
import type { AskContinuousOptions } from './continuous-options.ts';
import { renderStatus } from './render-status.ts';

const DEMAND =
  'no server runs, and the continuous scanner of a command ends with it; start a server with `fast-scanner serve`';

/** Prints how the continuous scanner of a server is; answers the exit code. */
export function showContinuous(options: AskContinuousOptions, context: CliContext): Promise<number> {
  const { signal, stdout } = context;
  return printAnswer(options, context, {
    demand: DEMAND,
    work: (client) => client.continuous.status({ signal }),
    print: (status) => stdout.write(renderStatus(status, createPaint(context))),
  });
}

/** Stops the continuous scanner of a server; answers the exit code. One that does not run is stopped as well. */
export function stopContinuous(options: AskContinuousOptions, context: CliContext): Promise<number> {
  const { signal, stdout } = context;
  return printAnswer(options, context, {
    demand: DEMAND,
    work: (client) => client.continuous.stop({ signal }),
    print: ({ uptime_s }) => {
      if (uptime_s === null) stdout.write('The continuous scanner was not running.\n');
      else stdout.write(`The continuous scanner was stopped after ${formatSeconds(uptime_s * 1000)}.\n`);
    },
  });
}
