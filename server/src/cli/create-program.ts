import { MAX_SCAN_SYMBOLS, TIMEFRAMES } from '@fast-scanner/shared';
import { Command, Option } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { CONFIG_VARIABLES } from '../config/config-variables.ts';
import { type AlertActions, addAlertCommands } from './alerts/add-alert-commands.ts';
import type { CliContext } from './cli-context.ts';
import { EXCHANGE_TEXT, JSON_TEXT } from './common-options.ts';
import { addContinuousCommands, type ContinuousActions } from './continuous/add-continuous-commands.ts';
import { addExportCommand } from './export/add-export-command.ts';
import { EXIT_CODES_HELP, SCAN_EXAMPLES, SERVE_EXAMPLES, variablesHelp } from './help-texts.ts';
import { addMarketScanCommands, type MarketScanActions } from './market-scan/add-market-scan-commands.ts';
import { addModelsCommand } from './models/add-models-command.ts';
import { parseSymbols, wholeNumber } from './parse-options.ts';
import { addReplayCommand } from './replay/add-replay-command.ts';
import { addRunCommands, type RunActions } from './runs/add-run-commands.ts';
import type { ScanOptions } from './scan/scan-options.ts';
import { addScorecardCommand } from './scorecard/add-scorecard-command.ts';
import type { ServeOptions } from './serve-options.ts';

/** The command line's grammar. What a command needs is loaded when it runs, so that help is there at once. */
export function createProgram(context: CliContext, setExitCode: (exitCode: number) => void): Command {
  const program = new Command('fast-scanner')
    .description('Scans a whole market for signals and analyses the findings in depth.')
    .version(manifest.version)
    .exitOverride()
    .enablePositionalOptions() // what stands behind a command is the command's
    .showHelpAfterError('Use --help to see what is possible.')
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    })
    .addHelpText('after', `${SCAN_EXAMPLES}${EXIT_CODES_HELP}`);
  addScan(program, async (options) => {
    const { scan } = await import('./scan/scan.ts');
    setExitCode(await scan(options, context));
  });
  addRunCommands(program, createRunActions(context, setExitCode));
  addMarketScanCommands(program, createMarketScanActions(context, setExitCode));
  addContinuousCommands(program, createContinuousActions(context, setExitCode));
  addAlertCommands(program, createAlertActions(context, setExitCode));
  addExportCommand(program, async (options) => {
    const { exportTrainingData } = await import('./export/export-training-data.ts');
    setExitCode(await exportTrainingData(options, context));
  });
  addModelsCommand(program, async (options) => {
    const { listModels } = await import('./models/list-models.ts');
    setExitCode(await listModels(options, context));
  });
  addReplayCommand(program, async (options) => {
    const { replay } = await import('./replay/replay.ts');
    setExitCode(await replay(options, context));
  });
  addScorecardCommand(program, async (options) => {
    const { showScorecard } = await import('./scorecard/show-scorecard.ts');
    setExitCode(await showScorecard(options, context));
  });
  addServe(program, async (options) => {
    const { serve } = await import('./serve.ts');
    setExitCode(await serve(options, context));
  });
  return program;
}

function addScan(program: Command, action: (options: ScanOptions) => Promise<void>): void {
  program
    .command('scan')
    .description('scan once, print signals and deep results, and end')
    .option('-e, --exchange <id>', EXCHANGE_TEXT)
    .option(
      '-d, --data <folder>',
      'recorded candles, <timeframe>/<SYMBOL>.csv[.gz]; scans the exchange files',
    )
    .option('-s, --symbols <list>', 'symbols, separated by commas (default: the universe)', parseSymbols)
    .addOption(
      new Option('-t, --timeframe <timeframe>', 'candles to look at (default: SCAN_TIMEFRAME)').choices(
        TIMEFRAMES,
      ),
    )
    .option(
      '-l, --limit <count>',
      'how many symbols of the universe (default: 20, all recorded ones)',
      wholeNumber(1, MAX_SCAN_SYMBOLS),
    )
    .option('--no-analyze', 'phase 1 only: signals without the deep analysis')
    .option(
      '--as-of <time>',
      'where the clock of recorded data stands, such as 2025-06-20T12:00:00Z (default: its end)',
    )
    .option('--seed <number>', 'which simulated market to scan (default: DEMO_SEED)')
    .option('--json', JSON_TEXT)
    .addHelpText('after', `${SCAN_EXAMPLES}${EXIT_CODES_HELP}`)
    .action(action);
}

function addServe(program: Command, action: (options: ServeOptions) => Promise<void>): void {
  program
    .command('serve')
    .description('run the server until it is stopped')
    .option('-p, --port <port>', `port to listen on (default: PORT or ${CONFIG_VARIABLES.port.default})`)
    .option('--host <address>', `address to listen on (default: HOST or ${CONFIG_VARIABLES.host.default})`)
    .option('-e, --exchange <id>', 'exchange used when a request names none (default: DEFAULT_EXCHANGE)')
    .option('--print-config', 'print the settings, secrets masked, and end')
    .addHelpText('after', () => `${SERVE_EXAMPLES}${variablesHelp()}`)
    .action(action);
}

function createRunActions(context: CliContext, setExitCode: (exitCode: number) => void): RunActions {
  return {
    run: async (options) => {
      const { run } = await import('./runs/run.ts');
      setExitCode(await run(options, context));
    },
    list: async (options) => {
      const { listRuns } = await import('./runs/list-runs.ts');
      setExitCode(await listRuns(options, context));
    },
    show: async (id, options) => {
      const { showRun } = await import('./runs/show-run.ts');
      setExitCode(await showRun(id, options, context));
    },
    cancel: async (id, options) => {
      const { cancelRun } = await import('./runs/cancel-run.ts');
      setExitCode(await cancelRun(id, options, context));
    },
  };
}

function createMarketScanActions(
  context: CliContext,
  setExitCode: (exitCode: number) => void,
): MarketScanActions {
  return {
    scan: async (options) => {
      const { marketScan } = await import('./market-scan/market-scan.ts');
      setExitCode(await marketScan(options, context));
    },
    sweep: async (options) => {
      const { sweep } = await import('./market-scan/sweep.ts');
      setExitCode(await sweep(options, context));
    },
    list: async (options) => {
      const { listJobs } = await import('./market-scan/list-jobs.ts');
      setExitCode(await listJobs(options, context));
    },
    show: async (id, options) => {
      const { showJob } = await import('./market-scan/show-job.ts');
      setExitCode(await showJob(id, options, context));
    },
    cancel: async (id, options) => {
      const { cancelJob } = await import('./market-scan/cancel-job.ts');
      setExitCode(await cancelJob(id, options, context));
    },
    strategies: async (name, options) => {
      const { listStrategies } = await import('./market-scan/list-strategies.ts');
      setExitCode(await listStrategies(name, options, context));
    },
  };
}

function createAlertActions(context: CliContext, setExitCode: (exitCode: number) => void): AlertActions {
  return {
    list: async (options) => {
      const { listAlerts } = await import('./alerts/list-alerts.ts');
      setExitCode(await listAlerts(options, context));
    },
    rules: async (options) => {
      const { listRules } = await import('./alerts/list-rules.ts');
      setExitCode(await listRules(options, context));
    },
    test: async (options) => {
      const { testAlerts } = await import('./alerts/test-alerts.ts');
      setExitCode(await testAlerts(options, context));
    },
  };
}

function createContinuousActions(
  context: CliContext,
  setExitCode: (exitCode: number) => void,
): ContinuousActions {
  return {
    watch: async (options) => {
      const { continuous } = await import('./continuous/continuous.ts');
      setExitCode(await continuous(options, context));
    },
    status: async (options) => {
      const { showContinuous } = await import('./continuous/ask-continuous.ts');
      setExitCode(await showContinuous(options, context));
    },
    stop: async (options) => {
      const { stopContinuous } = await import('./continuous/ask-continuous.ts');
      setExitCode(await stopContinuous(options, context));
    },
  };
}
