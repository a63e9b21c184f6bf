import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScannerError } from '@fast-scanner/shared';
import type { Environment } from '../../config/load-config.ts';
import { readEnvironment } from '../../config/read-environment.ts';
import type { CliContext } from '../cli-context.ts';
import { withOwnServer } from '../server/own-server.ts';
import { type ServerUse, withClient } from '../server/with-server.ts';
import type { StrategyFile } from './strategy-file.ts';

/**
 * Does `work` with a client of a server of this process that knows the strategy of a file: a running server cannot be told to run it. Its
 * records are kept in the usual folder unless another process uses that.
 * @throws as `withOwnServer`
 */
export async function withOwnStrategy<Result>(
  { source, module }: StrategyFile,
  context: CliContext,
  work: ServerUse<Result>['work'],
): Promise<Result> {
  const { stderr } = context;
  const env = readEnvironment(context.env, context.folder);
  let hasBegun = false;
  const use = (where: Environment) =>
    withOwnServer(where, context, {
      strategyFiles: [module],
      work: (own) => {
        hasBegun = true;
        stderr.write(`Running ${source} in this process, with the records of ${own.dataDir}\n`);
        return withClient(own, work);
      },
    });
  try {
    return await use(env);
  } catch (error) {
    if (hasBegun || !(error instanceof ScannerError) || error.code !== 'unavailable') throw error;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'fast-scanner-scan-'));
  stderr.write(
    'The data folder is in use by another process; this scan is kept in a temporary one and gone afterwards.\n',
  );
  try {
    return await use({ ...env, DATA_DIR: dataDir });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
