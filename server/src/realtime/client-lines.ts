import type { Clock } from '@fast-scanner/shared';
import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import { ClientLine, type Connection } from './client-line.ts';
import { EventRate } from './event-rate.ts';

export interface ClientLinesOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** What one client may send. */
export const CLIENT_RATE = { perSecond: 100, burst: 200 } as const;

/** The lines of all connections, each watched from its first packet on: who sends too much or does not read is let go. */
export class ClientLines {
  readonly #options: ClientLinesOptions;
  readonly #lines = new WeakMap<Connection, ClientLine>();

  constructor(options: ClientLinesOptions) {
    this.#options = options;
  }

  of(connection: Connection): ClientLine {
    const known = this.#lines.get(connection);
    if (known) return known;
    const { logger, metrics } = this.#options;
    const line = new ClientLine(connection, (reason) => {
      metrics.disconnects.inc({ reason });
      logger.warn({ reason, remoteAddress: connection.remoteAddress }, 'a client was disconnected');
    });
    this.#lines.set(connection, line);
    return line;
  }

  watch(connection: Connection): void {
    const line = this.of(connection);
    const rate = new EventRate(this.#options.clock, CLIENT_RATE);
    connection.on('packet', () => {
      if (rate.take()) line.dropIfStalled();
      else line.drop('rate_limited');
    });
  }
}
