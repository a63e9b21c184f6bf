import {
  JOB_STATUSES,
  MAX_RUN_SYMBOLS,
  RUN_MODE_NAMES,
  RUN_MODES,
  runRequestSchema,
  runsQuerySchema,
} from '@fast-scanner/shared';
import { type Command, Option } from 'commander';
import { EXCHANGE_TEXT, idStartOf, JSON_TEXT, urlOption } from '../common-options.ts';
import { EXIT_CODES_HELP, RUN_EXAMPLES, RUNS_EXAMPLES } from '../help-texts.ts';
import { numberWithin, parseSymbols, wholeNumber } from '../parse-options.ts';
import type { AnswerOptions } from '../server/print-answer.ts';
import type { ListRunsOptions } from './list-runs.ts';
import type { RunOptions } from './run-options.ts';
import type { ShowRunOptions } from './show-run.ts';

/** What the commands on scan runs do. */
export interface RunActions {
  run(options: RunOptions): Promise<void>;
  list(options: ListRunsOptions): Promise<void>;
  show(id: string, options: ShowRunOptions): Promise<void>;
  cancel(id: string, options: AnswerOptions): Promise<void>;
}

const DEFAULTS = runRequestSchema.parse({});
const RUN_LIST_LIMIT = runsQuerySchema.parse({}).limit;
const EXPLAIN_TEXT = 'list every symbol that is no signal with its score, the minimum and the reason';

/** `run` and `runs list|show|cancel`. */
export function addRunCommands(program: Command, actions: RunActions): void {
  addRun(program, actions);
  const runs = program
    .command('runs')
    .description('list, show and cancel scan runs')
    .addHelpText('after', RUNS_EXAMPLES);
  addList(runs, actions);
  addShow(runs, actions);
  addCancel(runs, actions);
}

function addRun(program: Command, actions: RunActions): void {
  program
    .command('run')
    .description('scan with the rules of a mode: only setups that pass them all, and why the others do not')
    .addOption(modeOption('how to look and what to let through').default(DEFAULTS.sniper_mode))
    .option('-e, --exchange <id>', EXCHANGE_TEXT)
    .option('-s, --symbols <list>', 'exactly these symbols, separated by commas', parseSymbols)
    .option(
      '-l, --limit <count>',
      `how many of the most traded symbols, 1 to ${MAX_RUN_SYMBOLS}; not with --symbols (default: ${DEFAULTS.limit})`,
      wholeNumber(1, MAX_RUN_SYMBOLS),
    )
    .option(
      '--min-score <points>',
      "smallest score of a signal, 0 to 100; can only raise the mode's (default: the mode's)",
      numberWithin(0, 100),
    )
    .option(
      '--leverage <factor>',
      `1 to 125; a plan whose stop lies behind the liquidation price is rejected (default: ${DEFAULTS.leverage})`,
      wholeNumber(1, 125),
    )
    .option('--no-majors', 'without the large symbols (default: with them)')
    .option('--no-altcoins', 'without the other symbols (default: with them)')
    .option('--meme', 'with meme coins, too (default: without them)')
    .option('--explain', EXPLAIN_TEXT)
    .option('--detach', 'print the id of the run and end; the run goes on at the server')
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', `${modesHelp()}${RUN_EXAMPLES}${EXIT_CODES_HELP}`)
    .action((options: RunOptions) => actions.run(options));
}

function addList(runs: Command, actions: RunActions): void {
  runs
    .command('list')
    .description('the newest runs, with what came of them')
    .addOption(new Option('--status <status>', 'only these').choices(JOB_STATUSES))
    .addOption(modeOption('only this mode'))
    .option('-e, --exchange <id>', 'only this exchange')
    .option('-q, --q <text>', 'only with this text in the id, mode, exchange or a symbol')
    .option('-l, --limit <count>', 'how many, 1 to 100', wholeNumber(1, 100), RUN_LIST_LIMIT)
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', EXIT_CODES_HELP)
    .action((options: ListRunsOptions) => actions.list(options));
}

function addShow(runs: Command, actions: RunActions): void {
  runs
    .command('show')
    .description('one run with its signals and why the other symbols are none')
    .argument('<id>', 'id of the run, or its first characters', idStartOf('run'))
    .option('--explain', EXPLAIN_TEXT)
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', EXIT_CODES_HELP)
    .action((id: string, options: ShowRunOptions) => actions.show(id, options));
}

function addCancel(runs: Command, actions: RunActions): void {
  runs
    .command('cancel')
    .description('end a run; what it has found is kept')
    .argument('<id>', 'id of the run, or its first characters', idStartOf('run'))
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', EXIT_CODES_HELP)
    .action((id: string, options: AnswerOptions) => actions.cancel(id, options));
}

function modeOption(text: string): Option {
  return new Option('-m, --mode <mode>', text).choices(RUN_MODE_NAMES);
}

function modesHelp(): string {
  const lines = RUN_MODE_NAMES.map((name) => {
    const { timeframes, primaryTimeframe, minScore, minRiskReward, description } = RUN_MODES[name];
    const facts = `${timeframes.join(' ')}, signals on ${primaryTimeframe}; score from ${minScore}, risk/reward from ${minRiskReward}`;
    return `  ${name.padEnd(11)}${description}\n${' '.repeat(13)}${facts}\n`;
  });
  return `\nModes:\n${lines.join('')}`;
}
