import type { ConfigVariable } from '../config/config-variable.ts';
import { CONFIG_VARIABLES } from '../config/config-variables.ts';

export const SCAN_EXAMPLES = `
Examples:
  $ fast-scanner scan                                          20 symbols of the simulated market
  $ fast-scanner scan --exchange binance --limit 50            50 symbols of a live exchange, no key needed
  $ fast-scanner scan --data ./candles --timeframe 15m         everything recorded in a folder
  $ fast-scanner scan --symbols BTC/USDT,ETH/USDT --json       for another program
  $ fast-scanner run --mode surgical --limit 20                setups that pass the rules of a mode
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
