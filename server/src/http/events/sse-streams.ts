import { type Clock, ScannerError } from '@fast-scanner/shared';
import type { Response } from 'express';
import type { Logger } from '../../ops/logger.ts';
import type { Metrics } from '../../ops/metrics.ts';
import type { StoredEvent } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { PacedWriter } from './paced-writer.ts';

export const MAX_SSE_STREAMS = 50;
export const HEARTBEAT_MS = 15_000;
/** How long a client's EventSource waits before it comes back. */
const RECONNECT_MS = 2000;

export interface SseStreamsOptions {
  readonly eventLog: EventLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

export interface StreamPosition {
  readonly streamId: string;
  readonly afterSeq: number;
}

/** The open `text/event-stream` answers. */
export class SseStreams {
  readonly #options: SseStreamsOptions;
  readonly #open = new Map<AbortController, Promise<void>>();

  constructor(options: SseStreamsOptions) {
    this.#options = options;
  }

  /**
   * Replays the stream that `open` answers, then follows it until its terminal event, the reader's leaving or `close`. `open` is
   * called only when there is a place, so that it may start what is followed.
   * @throws ScannerError `too_many_requests` when too many streams are open, and what `open` throws
   */
  async serve(response: Response, open: () => Promise<StreamPosition>): Promise<void> {
    if (this.#open.size >= MAX_SSE_STREAMS) {
      throw new ScannerError('too_many_requests', `${MAX_SSE_STREAMS} event streams are open already`, {
        retryAfterMs: 5000,
      });
    }
    const ending = new AbortController();
    response.once('close', () => ending.abort());
    const served = open().then((position) => this.#follow(response, position, ending.signal));
    this.#open.set(ending, served);
    this.#options.metrics.sseStreams.set(this.#open.size);
    try {
      await served;
    } finally {
      this.#open.delete(ending);
      this.#options.metrics.sseStreams.set(this.#open.size);
    }
  }

  /** Ends all streams; their readers come back with the last id they have seen. */
  async close(): Promise<void> {
    for (const ending of this.#open.keys()) ending.abort();
    await Promise.allSettled(this.#open.values());
  }

  async #follow(
    response: Response,
    { streamId, afterSeq }: StreamPosition,
    signal: AbortSignal,
  ): Promise<void> {
    const { eventLog, clock, logger, metrics } = this.#options;
    writeHead(response);
    const onStall = () => {
      metrics.disconnects.inc({ reason: 'stalled_stream' });
      logger.warn({ streamId }, 'an event stream was not read and has been closed');
    };
    const writer = new PacedWriter(response, { clock, signal, onStall });
    const stopHeartbeat = startHeartbeat(clock, writer);
    try {
      for await (const events of eventLog.follow(streamId, afterSeq, signal)) {
        for (const event of events) {
          if (signal.aborted) break;
          await writer.write(toMessage(event));
          metrics.deliveries.inc({ window: 'sse' });
        }
      }
    } finally {
      stopHeartbeat();
      response.end();
    }
  }
}

function writeHead(response: Response): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.write(`retry: ${RECONNECT_MS}\n\n`);
}

/** A default `message` event; JSON never contains a line break. */
function toMessage({ type, payload, seq }: StoredEvent): string {
  return `id: ${seq}\ndata: ${JSON.stringify({ type, ...payload, seq })}\n\n`;
}

function startHeartbeat(clock: Clock, writer: PacedWriter): () => void {
  let dispose = () => {};
  const beat = () => {
    writer.writeIfIdle(': heartbeat\n\n');
    dispose = clock.schedule(HEARTBEAT_MS, beat);
  };
  dispose = clock.schedule(HEARTBEAT_MS, beat);
  return () => dispose();
}
