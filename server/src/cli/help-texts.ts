import type { ConfigVariable } from '../config/config-variable.ts';
import { CONFIG_VARIABLES } from '../config/config-variables.ts';

export const SCAN_EXAMPLES = `
Examples:
  $ fast-scanner scan                                          20 symbols of the simulated market
  $ fast-scanner scan --exchange binance --limit 50            50 symbols of a live exchange, no key needed
  $ fast-scanner scan --data ./candles --timeframe 15m         everything recorded in a folder
  $ fast-scanner scan --symbols BTC/USDT,ETH/USDT --json       for another program
  $ fast-scanner run --mode surgical --limit 20                setups that pass the rules of a mode
  $ fast-scanner market-scan --strategy sma_cross              a strategy on every stock of the simulated market
  $ fast-scanner continuous --symbols BTC/USDT,ETH/USDT        a live table of signals until Ctrl-C
  $ fast-scanner export --symbol BTC/USDT --out btc.parquet    what that has collected
  $ fast-scanner models                                        what predicts, and how far it can be believed
  $ fast-scanner scorecard --by regime                         does it work?
  $ fast-scanner serve --port 8080                             the server
`;

export const RUN_EXAMPLES = `
Examples:
  $ fast-scanner run                                           10 symbols with the mode recon
  $ fast-scanner run --mode surgical --limit 20 --explain      and why each of the others is no signal
  $ fast-scanner run --exchange binance --meme --no-majors     altcoins and meme coins of a live exchange
  $ fast-scanner run --symbols BTC/USDT,ETH/USDT --json        for another program
  $ fast-scanner run --url http://scanner:5000 --detach        leave it to a server
`;

export const RUNS_EXAMPLES = `
Examples:
  $ fast-scanner runs list --status completed --mode surgical
  $ fast-scanner runs show 1b4e28ba --explain
  $ fast-scanner runs cancel 1b4e28ba
`;

export const MARKET_SCAN_EXAMPLES = `
Examples:
  $ fast-scanner market-scan --strategy bollinger_bands_strategy --param period=20 --param devfactor=2
  $ fast-scanner market-scan --strategy sma_cross --tickers AAPL,MSFT --start 2020-01-01 --report out.html
  $ fast-scanner market-scan --strategy macd_cross --exchange files --csv out.csv
  $ fast-scanner market-scan --strategy ./my-strategy.ts --universe sp500
  $ fast-scanner market-scan sweep --strategy sma_cross --param fast=5,10,15 --param slow=20,30,40
  $ fast-scanner market-scan show 1b4e28ba --report out.html
`;

export const SWEEP_EXAMPLES = `
Examples:
  $ fast-scanner market-scan sweep --strategy sma_cross --param fast=5,10,15 --param slow=20,30,40
  $ fast-scanner market-scan sweep --strategy ./my-strategy.ts --param trend=50,100,200 --in-sample 0.6
`;

export const STRATEGIES_EXAMPLES = `
Examples:
  $ fast-scanner strategies
  $ fast-scanner strategies bollinger_bands_strategy
  $ fast-scanner strategies ./my-strategy.ts                   checks your own, too
`;

export const EXIT_CODES_HELP = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 78 wrong configuration (not scan), 130 stopped by Ctrl-C.
`;

export const SERVE_EXAMPLES = `
Examples:
  $ fast-scanner serve
  $ fast-scanner serve --port 8080 --exchange okx
  $ HOST=0.0.0.0 API_TOKEN=… fast-scanner serve
`;

/** The environment variables with their defaults. */
export function variablesHelp(): string {
  const variables = Object.values<ConfigVariable<unknown>>(CONFIG_VARIABLES);
  const lines = variables.map(({ name, default: defaultText, meaning }) => {
    const shown = defaultText === null ? '' : ` [${defaultText}]`;
    return `  ${name.padEnd(26)}${meaning}${shown}\n`;
  });
  return `\nSettings, from the environment or a .env file [default]:\n${lines.join('')}`;
}
