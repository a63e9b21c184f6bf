import { createScannerClient, type ScannerClient } from '@fast-scanner/client';
import { ScannerError } from '@fast-scanner/shared';
import { loadConfig } from '../../config/load-config.ts';
import { readEnvironment } from '../../config/read-environment.ts';
import type { CliContext } from '../cli-context.ts';
import { findAddress } from './find-address.ts';
import { isListening } from './is-listening.ts';
import { type ResumedWork, withOwnServer } from './own-server.ts';

export interface ServerOptions {
  /** Where the server listens; without it, where one with the settings of this environment does. */
  readonly url?: string;
}

/** Whether a server does the work that others may use, too, or one of this process that ends with the command. */
export type Workplace = 'server' | 'process';

export interface ServerUse<Result> {
  readonly work: (client: ScannerClient, place: Workplace) => Promise<Result>;
  /** Why nothing but a running server will do, for the user; absent when this process may be the server. */
  readonly demand?: string;
  /** Which work that an earlier process left unfinished a server of this one takes up. Default: none. */
  readonly resumes?: ResumedWork;
}

/**
 * Does `work` with a client of the server; when none listens and none was named, with one of this process that ends afterwards. It keeps its
 * records in the same folder. Says on standard error which of the two it is.
 * @throws ConfigError @throws ScannerError `unavailable`, `invalid_input`; what `work` throws; the signal's reason
 */
export async function withServer<Result>(
  { url }: ServerOptions,
  context: CliContext,
  { work, demand, resumes }: ServerUse<Result>,
): Promise<Result> {
  const env = readEnvironment(context.env, context.folder);
  const address = url ?? findAddress(loadConfig(env));
  if (address !== null && (await isListening(address, context))) {
    context.stderr.write(`Using the server at ${address}\n`);
    return withClient({ url: address, token: env['API_TOKEN']?.trim() ?? '' }, work, 'server');
  }
  if (url !== undefined) throw new ScannerError('unavailable', `no server listens at ${url}`);
  if (demand !== undefined) throw new ScannerError('invalid_input', demand);
  return withOwnServer(env, context, {
    resumes,
    work: (own) => {
      const nobody = address === null ? '' : `No server listens at ${address}. `;
      context.stderr.write(`${nobody}Working in this process, with the records of ${own.dataDir}\n`);
      return withClient(own, work);
    },
  });
}

/** Does `work` with a client of the server at an address, which is closed afterwards. */
export async function withClient<Result>(
  { url, token }: { readonly url: string; readonly token: string },
  work: ServerUse<Result>['work'],
  place: Workplace = 'process',
): Promise<Result> {
  const client = createScannerClient({ url, ...(token === '' ? {} : { token }) });
  try {
    return await work(client, place);
  } finally {
    client.close();
  }
}
