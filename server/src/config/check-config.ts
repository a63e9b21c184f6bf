import type { Config } from '../config.ts';
import type { ConfigProblem } from './config-error.ts';

/** What is wrong with settings that are fine one by one. Settings that could not be read are absent and not looked at. */
export function checkConfig(config: Partial<Config>): readonly ConfigProblem[] {
  return [...checkExchanges(config), ...checkFiles(config), ...checkAccess(config)];
}

function checkExchanges({ exchanges, defaultExchange, exchangeOptions }: Partial<Config>): ConfigProblem[] {
  if (!exchanges) return [];
  const isAllowed = (id: string) => exchanges.includes(id);
  const optionIds = Object.keys(exchangeOptions ?? {}).filter((id) => !isAllowed(id));
  const detail = (id: string) => `"${id}" is not on EXCHANGES (${exchanges.join(', ')})`;
  return [
    ...(defaultExchange === undefined || isAllowed(defaultExchange)
      ? []
      : [{ variable: 'DEFAULT_EXCHANGE', detail: detail(defaultExchange) }]),
    ...optionIds.map((id) => ({ variable: 'EXCHANGE_OPTIONS', detail: detail(id) })),
  ];
}

function checkFiles({ defaultExchange, filesDir }: Partial<Config>): ConfigProblem[] {
  if (defaultExchange !== 'files' || filesDir !== null) return [];
  return [{ variable: 'FILES_DIR', detail: 'the exchange files needs the folder with the recorded candles' }];
}

function checkAccess({ host, apiToken, readerToken }: Partial<Config>): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (host !== undefined && !isLoopback(host) && apiToken === null) {
    const detail = `${host} can be reached by others, so it needs API_TOKEN; 127.0.0.1 does not`;
    problems.push({ variable: 'HOST', detail });
  }
  if (readerToken && apiToken === null) {
    problems.push({ variable: 'READER_TOKEN', detail: 'means nothing without API_TOKEN' });
  }
  if (readerToken && readerToken === apiToken) {
    problems.push({ variable: 'READER_TOKEN', detail: 'must not be the same as API_TOKEN' });
  }
  return problems;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
