import { MAX_MARKET_SCAN_TICKERS, TIMEFRAMES } from '@fast-scanner/shared';
import { type Command, Option } from 'commander';
import { EXCHANGE_TEXT, JSON_TEXT, urlOption } from '../common-options.ts';
import { numberWithin, parseDay, parseSymbols } from '../parse-options.ts';

/** What a scan and a sweep have in common. */
export function addTestOptions(command: Command): Command {
  return addTradingOptions(addMarketOptions(command))
    .option('--detach', 'print the id and end; the work goes on at the server')
    .option('--json', JSON_TEXT)
    .addOption(urlOption());
}

/** Which candles of which stocks. */
function addMarketOptions(command: Command): Command {
  return command
    .option('-e, --exchange <id>', EXCHANGE_TEXT)
    .addOption(
      new Option('--universe <name>', 'a shipped list of stocks (default: every stock the exchange has)')
        .choices(['sp500'])
        .conflicts('tickers'),
    )
    .option(
      '-s, --tickers <list>',
      `exactly these stocks, separated by commas, at most ${MAX_MARKET_SCAN_TICKERS}`,
      parseSymbols,
    )
    .addOption(
      new Option('-i, --interval <timeframe>', 'candles to test on (default: 1d)').choices(TIMEFRAMES),
    )
    .option(
      '--start <day>',
      'first day, such as 2013-02-08 (default: 5 years back; of recorded data the first there is)',
      parseDay,
    )
    .option('--end <day>', 'last day (default: the newest there is)', parseDay);
}

/** How positions are traded. */
function addTradingOptions(command: Command): Command {
  return command
    .option('--cash <amount>', 'money at the start, for each stock (default: 10000)', numberWithin(1, 1e12))
    .option(
      '--commission <rate>',
      'share of each fill (default: 0.001, which is 0.1 %)',
      numberWithin(0, 0.5),
    )
    .option(
      '--slippage <rate>',
      'share of the price by which fills are worse (default: 0.0005)',
      numberWithin(0, 0.5),
    )
    .addOption(
      new Option('--direction <side>', 'positions to take (default: long)').choices([
        'long',
        'short',
        'both',
      ]),
    )
    .addOption(
      new Option('--units <kind>', 'of stocks to buy (default: whole, of coins fractional)').choices([
        'whole',
        'fractional',
      ]),
    )
    .addOption(
      new Option(
        '--last-trade <price>',
        'of the last candle, at which what is open is closed (default: close)',
      ).choices(['close', 'open']),
    );
}
