import type { ServerOptions } from '../server/with-server.ts';

/** What `fast-scanner continuous` was asked. */
export interface ContinuousOptions extends ServerOptions {
  readonly exchange?: readonly string[];
  readonly symbols?: readonly string[];
  /** Fields of the configuration by name, such as `momentum_bias` and `timeframes.scalp`. */
  readonly config?: Readonly<Record<string, string | number>>;
  readonly minScore: number;
  readonly stopOnExit?: boolean;
  readonly json?: boolean;
}

/** What `fast-scanner continuous status` and `stop` were asked. */
export interface AskContinuousOptions extends ServerOptions {
  readonly json?: boolean;
}
