import { alertsQuerySchema, TIMEFRAMES } from '@fast-scanner/shared';
import { type Command, Option } from 'commander';
import { JSON_TEXT, urlOption } from '../common-options.ts';
import { EXIT_CODES_HELP } from '../help-texts.ts';
import { wholeNumber } from '../parse-options.ts';
import type { AnswerOptions } from '../server/print-answer.ts';
import type { ListAlertsOptions } from './list-alerts.ts';
import type { TestAlertsOptions } from './test-alerts.ts';

/** What the commands on alerts do. */
export interface AlertActions {
  list(options: ListAlertsOptions): Promise<void>;
  rules(options: AnswerOptions): Promise<void>;
  test(options: TestAlertsOptions): Promise<void>;
}

const LIST_LIMIT = alertsQuerySchema.parse({}).limit;

const EXAMPLES = `
Examples:
  $ fast-scanner alerts list --symbol BTC/USDT --limit 10
  $ fast-scanner alerts rules
  $ fast-scanner alerts test                                   what fires for the newest scan, and what does not
  $ fast-scanner alerts test --symbol BTC/USDT                 and why
  $ fast-scanner alerts test --webhook desk                    and a test delivery
`;

/** `alerts list|rules|test`. */
export function addAlertCommands(program: Command, actions: AlertActions): void {
  const alerts = program
    .command('alerts')
    .description('list alerts and their rules, try the rules and the webhooks')
    .addHelpText('after', EXAMPLES);
  addList(alerts, actions);
  addRules(alerts, actions);
  addTest(alerts, actions);
}

function addList(alerts: Command, actions: AlertActions): void {
  alerts
    .command('list')
    .description('the newest alerts, newest first')
    .option('-s, --symbol <symbol>', 'only this symbol', upperCase)
    .option('-e, --exchange <id>', 'only this exchange')
    .addOption(timeframeOption('only this timeframe'))
    .option('-l, --limit <count>', 'how many, 1 to 500', wholeNumber(1, 500), LIST_LIMIT)
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', EXIT_CODES_HELP)
    .action((options: ListAlertsOptions) => actions.list(options));
}

function addRules(alerts: Command, actions: AlertActions): void {
  alerts
    .command('rules')
    .description('what an alert is given for')
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', EXIT_CODES_HELP)
    .action((options: AnswerOptions) => actions.rules(options));
}

function addTest(alerts: Command, actions: AlertActions): void {
  alerts
    .command('test')
    .description('what the rules make of the newest scan and the one before it; nothing is stored')
    .option('-s, --symbol <symbol>', 'everything about this symbol', upperCase)
    .option('-e, --exchange <id>', 'the newest scan of this exchange')
    .addOption(timeframeOption('the newest scan of this timeframe'))
    .option('-a, --all', 'also what is too small, unchanged or unknown')
    .option('-w, --webhook <id>', 'then send this webhook a test delivery')
    .option('--json', JSON_TEXT)
    .addOption(urlOption())
    .addHelpText('after', EXIT_CODES_HELP)
    .action((options: TestAlertsOptions) => actions.test(options));
}

function timeframeOption(text: string): Option {
  return new Option('-t, --timeframe <timeframe>', text).choices(TIMEFRAMES);
}

function upperCase(symbol: string): string {
  return symbol.trim().toUpperCase();
}
