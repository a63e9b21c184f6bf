import { ScannerError } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { type ServerUse, withServer } from '../server/with-server.ts';
import type { TestOptions } from './market-scan-options.ts';
import { isStrategyFile, withStrategyFile } from './strategy-file.ts';
import { withOwnStrategy } from './with-own-strategy.ts';

const DETACH_DEMAND =
  '--detach needs a server, as without one the scan would end with this command; start one with `fast-scanner serve`, or leave --detach out';

export interface StrategyUse<Request, Result> {
  /** The request, with the strategy's id. @throws ScannerError `invalid_input` */
  readonly plan: (strategy: string) => Request;
  readonly work: (request: Request, client: Parameters<ServerUse<Result>['work']>[0]) => Promise<Result>;
}

/**
 * Does `work` with a client of a server that knows the strategy: any for one of the product's own, one of this process for that of a file.
 * @throws ScannerError `invalid_input`; as `withServer`
 */
export async function withStrategy<Request, Result>(
  options: TestOptions,
  context: CliContext,
  { plan, work }: StrategyUse<Request, Result>,
): Promise<Result> {
  const { strategy, detach, url } = options;
  if (!isStrategyFile(strategy)) {
    const request = plan(strategy);
    return withServer(options, context, {
      work: (client) => work(request, client),
      ...(detach ? { demand: DETACH_DEMAND } : {}),
    });
  }
  if (url !== undefined || detach) {
    const option = detach ? '--detach' : '--url';
    const detail = `a strategy file runs in this process, never at a server: leave ${option} out`;
    throw new ScannerError('invalid_input', detail);
  }
  return withStrategyFile(strategy, context.folder, (file) => {
    const request = plan(file.strategy.id);
    return withOwnStrategy(file, context, (client) => work(request, client));
  });
}
