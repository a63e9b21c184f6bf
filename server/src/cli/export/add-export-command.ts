import { TIMEFRAMES, trainingDataQuerySchema } from '@fast-scanner/shared';
import { type Command, Option } from 'commander';
import { EXPORT_FORMATS, TRAINING_KINDS } from '../../store/training/training-store.ts';
import { EXIT_CODES_HELP } from '../help-texts.ts';
import { wholeNumber } from '../parse-options.ts';
import type { ExportOptions } from './export-options.ts';

const EXAMPLES = `
Examples:
  $ fast-scanner export --symbol BTC/USDT --out btc.parquet
  $ fast-scanner export --symbol BTC/USDT --kind signals --timeframe 5m --days 7 --out signals.csv
  $ fast-scanner export --symbol ETH/USDT --exchange binance --kind labels --format jsonl --out labels.jsonl
`;
const KINDS_HELP = `
Kinds:
  ohlcv       closed candles
  signals     what the scanner said of each, and the label once it has one
  clustering  clusters of volume at each candle
  labels      what came of each signal
`;

const DEFAULT_DAYS = trainingDataQuerySchema.parse({}).days;
const MOST_DAYS = 3650;

/** `export`. */
export function addExportCommand(program: Command, action: (options: ExportOptions) => Promise<void>): void {
  program
    .command('export')
    .description('write what the continuous scanner has collected in DATA_DIR to a file')
    .requiredOption('-s, --symbol <symbol>', 'whose data', (text: string) => text.trim().toUpperCase())
    .requiredOption('-o, --out <file>', 'file to write; another one in its place is replaced')
    .addOption(
      new Option('-f, --format <format>', 'of the file (default: as --out ends)').choices(EXPORT_FORMATS),
    )
    .addOption(new Option('-k, --kind <kind>', 'what to write').choices(TRAINING_KINDS).default('ohlcv'))
    .addOption(new Option('-t, --timeframe <timeframe>', 'of the candles').choices(TIMEFRAMES).default('1h'))
    .option(
      '-d, --days <count>',
      `the last so many, 1 to ${MOST_DAYS}`,
      wholeNumber(1, MOST_DAYS),
      DEFAULT_DAYS,
    )
    .option('-e, --exchange <id>', 'whose data (default: the only one that has some)')
    .addHelpText('after', `${KINDS_HELP}${EXAMPLES}${EXIT_CODES_HELP}`)
    .action(action);
}
