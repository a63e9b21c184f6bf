import type { RunModeName } from '@fast-scanner/shared';
import type { ServerOptions } from '../server/with-server.ts';

/** What `fast-scanner run` was asked. */
export interface RunOptions extends ServerOptions {
  readonly mode: RunModeName;
  readonly exchange?: string;
  readonly symbols?: readonly string[];
  readonly limit?: number;
  readonly minScore?: number;
  readonly leverage?: number;
  readonly majors: boolean;
  readonly altcoins: boolean;
  readonly meme?: boolean;
  readonly explain?: boolean;
  readonly detach?: boolean;
  readonly json?: boolean;
}
