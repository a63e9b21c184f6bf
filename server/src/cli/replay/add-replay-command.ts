import { SCORECARD_DIMENSIONS, TIMEFRAMES } from '@fast-scanner/shared';
import { type Command, Option } from 'commander';
import { JSON_TEXT } from '../common-options.ts';
import { EXIT_CODES_HELP } from '../help-texts.ts';
import { parseDuration, parseSymbols, parseTime, wholeNumber } from '../parse-options.ts';
import type { ReplayOptions } from './replay-options.ts';

const DEFAULT_RETRAIN_DAYS = 30;
const MOST_RETRAIN_DAYS = 3650;

const NOTES = `
Scans every symbol at every step with the candles that were closed then, as a live scan would have, and keeps each signal with what became
of it. What an earlier replay of the same time and timeframe kept is replaced. The data folder (DATA_DIR) must be free: no server may be
running on it. A model trained today has seen what came after, so that without --predict nothing is predicted.
`;

const EXAMPLES = `
Examples:
  $ fast-scanner replay --data ./candles --from 2024-01-01 --to 2024-09-01 --step 1h
  $ fast-scanner replay --symbols BTC/USDT,ETH/USDT --timeframe 4h --by regime
  $ fast-scanner replay --data ./candles --predict --retrain-days 14
  $ FILES_DIR=./candles fast-scanner replay --from 2024-06-01 --json > replay.json
  $ fast-scanner scorecard --origin replay --by period         what replays have said, later
`;

/** `replay`. */
export function addReplayCommand(program: Command, action: (options: ReplayOptions) => Promise<void>): void {
  program
    .command('replay')
    .description('run the scanner over recorded history and say how good its signals were')
    .addOption(
      new Option('-e, --exchange <id>', 'where the history is recorded').choices(['files']).default('files'),
    )
    .option('-d, --data <folder>', 'recorded candles, <timeframe>/<SYMBOL>.csv[.gz] (default: FILES_DIR)')
    .option(
      '-s, --symbols <list>',
      'symbols, separated by commas (default: UNIVERSE, else all that are recorded but stocks)',
      parseSymbols,
    )
    .addOption(
      new Option('-t, --timeframe <timeframe>', 'candles to look at (default: SCAN_TIMEFRAME)').choices(
        TIMEFRAMES,
      ),
    )
    .option('--step <duration>', 'from one scan to the next, such as 4h (default: one candle)', parseDuration)
    .option('--from <time>', 'first scan, a day or a time in UTC (default: the first candle)', parseTime)
    .option('--to <time>', 'scans before this (default: the end of the data)', parseTime)
    .option(
      '--predict',
      'predict, too, with models that know nothing of what came later; takes two to three times as long',
    )
    .option(
      '--retrain-days <days>',
      'with --predict: from one model to the next',
      wholeNumber(1, MOST_RETRAIN_DAYS),
      DEFAULT_RETRAIN_DAYS,
    )
    .addOption(
      new Option('-b, --by <dimension>', 'what to split the scorecard by')
        .choices(SCORECARD_DIMENSIONS)
        .default('type'),
    )
    .option('--json', JSON_TEXT)
    .addHelpText('after', `${NOTES}${EXAMPLES}${EXIT_CODES_HELP}`)
    .action(action);
}
