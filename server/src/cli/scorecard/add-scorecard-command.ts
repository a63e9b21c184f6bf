import { SCORECARD_DIMENSIONS, SIGNAL_ORIGINS, TIMEFRAMES } from '@fast-scanner/shared';
import { type Command, Option } from 'commander';
import { JSON_TEXT, urlOption } from '../common-options.ts';
import { EXIT_CODES_HELP } from '../help-texts.ts';
import { parseDay } from '../parse-options.ts';
import type { ScorecardOptions } from './scorecard-options.ts';

const EXAMPLES = `
Examples:
  $ fast-scanner scorecard                                     everything that was said, by type of signal
  $ fast-scanner scorecard --by period --origin replay         month by month of a replay
  $ fast-scanner scorecard --exchange binance --from 2026-01-01 --json
`;

/** `scorecard`. */
export function addScorecardCommand(
  program: Command,
  action: (options: ScorecardOptions) => Promise<void>,
): void {
  program
    .command('scorecard')
    .description('does the scanner work? what it said, held against what happened')
    .addOption(
      new Option('-b, --by <dimension>', 'what to split by').choices(SCORECARD_DIMENSIONS).default('type'),
    )
    .addOption(new Option('-o, --origin <origin>', 'only signals of these').choices(SIGNAL_ORIGINS))
    .option('-e, --exchange <id>', 'only this exchange')
    .option('-s, --symbol <symbol>', 'only this symbol', (text) => text.toUpperCase())
    .addOption(new Option('-t, --timeframe <timeframe>', 'only this timeframe').choices(TIMEFRAMES))
    .option('-m, --mode <mode>', 'only this mode of a run, or style of the continuous scanner')
    .option('--regime <regime>', 'only this market regime')
    .option('--type <type>', 'only this type of signal, such as BUY')
    .option('--from <day>', 'only candles that closed on this day (UTC) or later', parseDay)
    .option('--to <day>', 'only candles that closed before this day (UTC)', parseDay)
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', `${EXAMPLES}${EXIT_CODES_HELP}`)
    .action(action);
}
