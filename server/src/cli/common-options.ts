import { InvalidArgumentError, Option } from 'commander';
import { parseUrl } from './parse-options.ts';

export const JSON_TEXT = 'print one JSON document and nothing else on standard output';
export const EXCHANGE_TEXT = 'exchange to scan: demo, files or a live one (default: DEFAULT_EXCHANGE)';

/** Which server a command talks to. */
export function urlOption(): Option {
  const text =
    'the server to use (default: the one at HOST and PORT; if none listens there, this process); API_TOKEN is its token';
  return new Option('-u, --url <address>', text).argParser(parseUrl);
}

/** Takes the beginning of an id of a run or job; `noun` is what it is. */
export function idStartOf(noun: string): (text: string) => string {
  return (text) => {
    if (/^[0-9a-f-]{4,36}$/i.test(text)) return text;
    throw new InvalidArgumentError(`It must be the id of a ${noun}, or at least its first 4 characters.`);
  };
}
