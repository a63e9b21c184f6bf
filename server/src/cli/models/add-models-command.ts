import { TIMEFRAMES } from '@fast-scanner/shared';
import { type Command, Option } from 'commander';
import { JSON_TEXT, urlOption } from '../common-options.ts';
import { EXIT_CODES_HELP } from '../help-texts.ts';
import type { ListModelsOptions } from './list-models.ts';

const EXAMPLES = `
Examples:
  $ fast-scanner models                                        every model that is kept, trained or wanted
  $ fast-scanner models --exchange binance --timeframe 4h
  $ fast-scanner models --json                                 with calibration, folds and feature weights
`;

/** `models`. */
export function addModelsCommand(
  program: Command,
  action: (options: ListModelsOptions) => Promise<void>,
): void {
  program
    .command('models')
    .description('the models that deep analyses predict with, and how far they can be believed')
    .option('-e, --exchange <id>', 'only this exchange')
    .addOption(new Option('-t, --timeframe <timeframe>', 'only this timeframe').choices(TIMEFRAMES))
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', `${EXAMPLES}${EXIT_CODES_HELP}`)
    .action(action);
}
