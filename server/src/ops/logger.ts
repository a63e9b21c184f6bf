import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** Where secrets could turn up in what is logged. */
const SECRET_NAMES = [
  'authorization',
  'cookie',
  'token',
  'apiToken',
  'readerToken',
  'apiKey',
  'secret',
  'password',
];
const REDACTED_PATHS = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** JSON lines on standard output, or on `destination`, with secrets replaced. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, redact: { paths: REDACTED_PATHS, censor: '[redacted]' } };
  return destination ? pino(options, destination) : pino(options);
}
