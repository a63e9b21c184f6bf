import { ScannerError, type StrategiesResponse } from '@fast-scanner/shared';
import { StrategyBook } from '../../scanners/market-scan/strategy-book.ts';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { type ServerOptions, withServer } from '../server/with-server.ts';
import { isStrategyFile, withStrategyFile } from './strategy-file.ts';
import { renderStrategies } from './strategy-list.ts';

/** What `fast-scanner strategies` was asked. */
export interface ListStrategiesOptions extends ServerOptions {
  readonly json?: boolean;
}

/** Prints all strategies, or the named one, with their parameters; answers the exit code. */
export async function listStrategies(
  name: string | undefined,
  options: ListStrategiesOptions,
  context: CliContext,
): Promise<number> {
  try {
    const all = await readStrategies(name, options, context);
    if (options.json) printJson(context.stdout, all);
    else context.stdout.write(renderStrategies(all.strategies));
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}

/** Those of this version, unless a server was named or a file. */
async function readStrategies(
  name: string | undefined,
  options: ListStrategiesOptions,
  context: CliContext,
): Promise<StrategiesResponse> {
  if (name !== undefined && isStrategyFile(name)) {
    return withStrategyFile(name, context.folder, async ({ strategy }) =>
      choose(new StrategyBook([strategy]).describe(), strategy.id),
    );
  }
  const { signal } = context;
  const all =
    options.url === undefined
      ? new StrategyBook().describe()
      : await withServer(options, context, { work: (client) => client.marketScans.strategies({ signal }) });
  return name === undefined ? all : choose(all, name);
}

function choose(all: StrategiesResponse, id: string): StrategiesResponse {
  const strategies = all.strategies.filter((strategy) => strategy.id === id);
  if (strategies.length > 0) return { ...all, strategies };
  const known = all.strategies.map((strategy) => strategy.id).join(', ');
  throw new ScannerError('invalid_input', `there is no strategy "${id}"; there are: ${known}`);
}
