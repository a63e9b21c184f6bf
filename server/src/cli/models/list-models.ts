import type { ModelsResponse, Timeframe } from '@fast-scanner/client';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { createPaint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { type ServerOptions, withServer } from '../server/with-server.ts';
import { renderModels } from './render-models.ts';

/** What `fast-scanner models` was asked. */
export interface ListModelsOptions extends ServerOptions {
  readonly exchange?: string;
  readonly timeframe?: Timeframe;
  readonly json?: boolean;
}

/** Prints the prediction models; answers the exit code. */
export async function listModels(options: ListModelsOptions, context: CliContext): Promise<number> {
  const { url: _, json, ...query } = options;
  try {
    const { signal } = context;
    const answer = await withServer(options, context, {
      work: (client) => client.models.list(query, { signal }),
    });
    if (json) printJson(context.stdout, answer);
    else print(answer, context);
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}

function print({ models, enabled }: ModelsResponse, context: CliContext): void {
  const { stdout, stderr } = context;
  if (!enabled) stderr.write('Prediction is switched off (PREDICTION_ENABLED=false).\n');
  if (models.length === 0) stderr.write('There are no models; a server trains one after its first scan.\n');
  else stdout.write(renderModels(models, createPaint(context)));
}
