import type { ModelsResponse, Timeframe } from '@fast-scanner/client';
import type { CliContext } from '../cli-context.ts';
import { createPaint } from '../palette.ts';
import { type AnswerOptions, printAnswer } from '../server/print-answer.ts';
import { renderModels } from './render-models.ts';

/** What `fast-scanner models` was asked. */
export interface ListModelsOptions extends AnswerOptions {
  readonly exchange?: string;
  readonly timeframe?: Timeframe;
}

/** Prints the prediction models; answers the exit code. */
export function listModels(options: ListModelsOptions, context: CliContext): Promise<number> {
  const { url: _, json: __, ...query } = options;
  const { signal } = context;
  return printAnswer(options, context, {
    work: (client) => client.models.list(query, { signal }),
    print: (answer) => print(answer, context),
  });
}

function print({ models, enabled }: ModelsResponse, context: CliContext): void {
  const { stdout, stderr } = context;
  if (!enabled) stderr.write('Prediction is switched off (PREDICTION_ENABLED=false).\n');
  if (models.length === 0) stderr.write('There are no models; a server trains one after its first scan.\n');
  else stdout.write(renderModels(models, createPaint(context)));
}
