import { MAX_CONTINUOUS_EXCHANGES, MAX_CONTINUOUS_SYMBOLS } from '@fast-scanner/shared';
import type { Command } from 'commander';
import { JSON_TEXT, urlOption } from '../common-options.ts';
import { EXIT_CODES_HELP } from '../help-texts.ts';
import { numberWithin, parseSymbols } from '../parse-options.ts';
import { addConfigField, configHelp } from './config-fields.ts';
import type { AskContinuousOptions, ContinuousOptions } from './continuous-options.ts';

/** What the commands on the continuous scanner do. */
export interface ContinuousActions {
  watch(options: ContinuousOptions): Promise<void>;
  status(options: AskContinuousOptions): Promise<void>;
  stop(options: AskContinuousOptions): Promise<void>;
}

const EXAMPLES = `
Examples:
  $ fast-scanner continuous                                    20 symbols of the simulated market, as a live table
  $ fast-scanner continuous --exchange binance --symbols BTC/USDT,ETH/USDT --min-score 40
  $ fast-scanner continuous --config momentum_bias=0.5 --config timeframes.scalp=1m
  $ fast-scanner continuous --json >> signals.jsonl            a line for each signal, for another program
  $ fast-scanner continuous status                             how the one of the server is
  $ fast-scanner continuous stop
`;

/** `continuous` and `continuous status|stop`. */
export function addContinuousCommands(program: Command, actions: ContinuousActions): void {
  const command = addWatch(program, actions);
  addStatus(command, actions);
  addStop(command, actions);
}

function addWatch(program: Command, actions: ContinuousActions): Command {
  return program
    .command('continuous')
    .description('follow symbols on several timeframes until Ctrl-C: a signal for each candle that closes')
    .enablePositionalOptions()
    .option(
      '-e, --exchange <list>',
      `exchanges, separated by commas, at most ${MAX_CONTINUOUS_EXCHANGES} (default: DEFAULT_EXCHANGE)`,
      parseExchanges,
    )
    .option(
      '-s, --symbols <list>',
      `symbols, separated by commas, at most ${MAX_CONTINUOUS_SYMBOLS} (default: the universe of each exchange)`,
      parseSymbols,
    )
    .option(
      '-c, --config <name=value>',
      'a field of the configuration, see below; may be repeated',
      addConfigField,
    )
    .option(
      '--min-score <points>',
      'show signals with this score or a higher one, 0 to 100',
      numberWithin(0, 100),
      0,
    )
    .option('--stop-on-exit', "stop a server's scanner, too, when the command ends (default: it goes on)")
    .option('--json', 'print one JSON object on each line: signals, states of the market, changes of streams')
    .addOption(urlOption())
    .addHelpText('after', () => `${configHelp()}${EXAMPLES}${EXIT_CODES_HELP}`)
    .action((options: ContinuousOptions) => actions.watch(options));
}

function addStatus(command: Command, actions: ContinuousActions): void {
  command
    .command('status')
    .description('what the continuous scanner of a server follows and how its loops do')
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', EXIT_CODES_HELP)
    .action((options: AskContinuousOptions) => actions.status(options));
}

function addStop(command: Command, actions: ContinuousActions): void {
  command
    .command('stop')
    .description('stop the continuous scanner of a server')
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', EXIT_CODES_HELP)
    .action((options: AskContinuousOptions) => actions.stop(options));
}

function parseExchanges(list: string): readonly string[] {
  return list.split(',').map((exchange) => exchange.trim().toLowerCase());
}
