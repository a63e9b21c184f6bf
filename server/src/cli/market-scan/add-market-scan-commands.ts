import { JOB_STATUSES, MAX_SWEEP_VARIANTS, marketJobsQuerySchema } from '@fast-scanner/shared';
import { type Command, Option } from 'commander';
import { idStartOf, JSON_TEXT, urlOption } from '../common-options.ts';
import { EXIT_CODES_HELP, MARKET_SCAN_EXAMPLES, STRATEGIES_EXAMPLES, SWEEP_EXAMPLES } from '../help-texts.ts';
import { addParameter, addParameterList, numberWithin, wholeNumber } from '../parse-options.ts';
import type { AnswerOptions } from '../server/print-answer.ts';
import { addTestOptions } from './add-test-options.ts';
import type { ListJobsOptions } from './list-jobs.ts';
import type { ListStrategiesOptions } from './list-strategies.ts';
import type { MarketScanOptions, SweepOptions } from './market-scan-options.ts';
import type { ShowJobOptions } from './show-job.ts';

/** What the commands on market scans do. */
export interface MarketScanActions {
  scan(options: MarketScanOptions): Promise<void>;
  sweep(options: SweepOptions): Promise<void>;
  list(options: ListJobsOptions): Promise<void>;
  show(id: string, options: ShowJobOptions): Promise<void>;
  cancel(id: string, options: AnswerOptions): Promise<void>;
  strategies(name: string | undefined, options: ListStrategiesOptions): Promise<void>;
}

const LIST_LIMIT = marketJobsQuerySchema.parse({}).limit;
const STRATEGY_TEXT =
  'id of a strategy, as `fast-scanner strategies` lists them, or your own in a .ts or .js file, which runs in this process';

/** `market-scan`, `market-scan sweep|list|show|cancel` and `strategies`. */
export function addMarketScanCommands(program: Command, actions: MarketScanActions): void {
  const scan = addScan(program, actions);
  addSweep(scan, actions);
  addList(scan, actions);
  addShow(scan, actions);
  addCancel(scan, actions);
  addStrategies(program, actions);
}

function addScan(program: Command, actions: MarketScanActions): Command {
  const command = program
    .command('market-scan')
    .description('test a strategy on every stock of a market')
    .enablePositionalOptions()
    .option('--strategy <id or file>', STRATEGY_TEXT)
    .option('--param <name=value>', 'a parameter of the strategy; may be repeated', addParameter);
  addTestOptions(command)
    .option('--report <file>', 'write the result as one HTML page')
    .option('--csv <file>', 'write the stocks as CSV')
    .addHelpText('after', `${MARKET_SCAN_EXAMPLES}${EXIT_CODES_HELP}`)
    .action((options: Partial<MarketScanOptions>) => {
      const { strategy } = options;
      if (strategy === undefined)
        return command.error("error: required option '--strategy <id or file>' not specified");
      return actions.scan({ ...options, strategy });
    });
  return command;
}

function addSweep(scan: Command, actions: MarketScanActions): void {
  const command = scan
    .command('sweep')
    .description(
      `compare every combination of parameter values, at most ${MAX_SWEEP_VARIANTS}, and judge the best on what followed`,
    )
    .requiredOption('--strategy <id or file>', STRATEGY_TEXT)
    .requiredOption(
      '--param <name=values>',
      'values to try, separated by commas; may be repeated',
      addParameterList,
    )
    .option(
      '--in-sample <share>',
      'share of the time in which variants are compared, 0.2 to 0.9 (default: 0.7)',
      numberWithin(0.2, 0.9),
    );
  addTestOptions(command)
    .addHelpText('after', `${SWEEP_EXAMPLES}${EXIT_CODES_HELP}`)
    .action((options: SweepOptions) => actions.sweep(options));
}

function addList(scan: Command, actions: MarketScanActions): void {
  scan
    .command('list')
    .description('the newest market scans and sweeps')
    .addOption(new Option('--status <status>', 'only these').choices(JOB_STATUSES))
    .option('-l, --limit <count>', 'how many, 1 to 100', wholeNumber(1, 100), LIST_LIMIT)
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', EXIT_CODES_HELP)
    .action((options: ListJobsOptions) => actions.list(options));
}

function addShow(scan: Command, actions: MarketScanActions): void {
  scan
    .command('show')
    .description('one market scan or sweep with its result')
    .argument('<id>', 'its id, or the first characters', idStartOf('market scan'))
    .option('--report <file>', 'write the result as one HTML page')
    .option('--csv <file>', 'write the stocks as CSV')
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', EXIT_CODES_HELP)
    .action((id: string, options: ShowJobOptions) => actions.show(id, options));
}

function addCancel(scan: Command, actions: MarketScanActions): void {
  scan
    .command('cancel')
    .description('end a market scan or sweep')
    .argument('<id>', 'its id, or the first characters', idStartOf('market scan'))
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', EXIT_CODES_HELP)
    .action((id: string, options: AnswerOptions) => actions.cancel(id, options));
}

function addStrategies(program: Command, actions: MarketScanActions): void {
  program
    .command('strategies')
    .description('the strategies of market scans, with their parameters')
    .argument('[id or file]', 'only this one')
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', `${STRATEGIES_EXAMPLES}${EXIT_CODES_HELP}`)
    .action((name: string | undefined, options: ListStrategiesOptions) => actions.strategies(name, options));
}
