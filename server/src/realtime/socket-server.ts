import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { type Clock, ScannerError, toAckError } from '@fast-scanner/shared';
import { Server } from 'socket.io';
import type { Config } from '../config.ts';
import { AccessTokens, parseBearer } from '../ops/access/access-tokens.ts';
import { HostGuard } from '../ops/access/host-guard.ts';
import { OriginGuard } from '../ops/access/origin-guard.ts';
import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import { OpenConnections } from '../ops/open-connections.ts';
import type { MarketService } from '../prices/market-service.ts';
import type { FastScannerService } from '../scanners/fast-scanner/fast-scanner-service.ts';
import type { MarketScanService } from '../scanners/market-scan/market-scan-service.ts';
import type { ScanRunsService } from '../scanners/scan-runs/scan-runs-service.ts';
import type { EventLog } from '../streams/event-log.ts';
import { ClientLines } from './client-lines.ts';
import { createConnectionGuard } from './connection-guard.ts';
import { answerRequests } from './socket-requests.ts';
import { SocketSession } from './socket-session.ts';
import { StreamRooms } from './stream-rooms.ts';
import { emitEvent, type RealtimeServer, type RealtimeSocket } from './typed-socket.ts';

export interface RealtimeOptions {
  readonly scanner: FastScannerService;
  readonly runs: ScanRunsService;
  readonly marketScans: MarketScanService;
  readonly market: MarketService;
  readonly eventLog: EventLog;
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
}

export interface Realtime {
  /** Disconnects all clients and closes the HTTP server, if need be with force. Idempotent. */
  close(): Promise<void>;
}

/** How long a connection may take to end by itself when the server closes. */
const CLOSE_GRACE_MS = 500;

/** The Socket.IO window, on the same port as HTTP. */
export function attachRealtime(httpServer: HttpServer, options: RealtimeOptions): Realtime {
  const { config, clock, eventLog, logger, metrics } = options;
  const connections = new OpenConnections(httpServer);
  const io = createServer(httpServer, config);
  const origins = new OriginGuard(config.allowedOrigins);
  const lines = new ClientLines(options);
  const rooms = new StreamRooms(eventLog, (streamId) => ({
    broadcast: (event) => emitEvent(io.to(streamId), event),
    onDelivered: (deliveries) => metrics.deliveries.inc({ window: 'socket' }, deliveries),
  }));
  io.engine.use(createConnectionGuard(new HostGuard(config), origins));
  io.engine.on('connection', (connection: RealtimeSocket['conn']) => lines.watch(connection));
  io.use(createTokenCheck(new AccessTokens(config)));
  io.on('connection', (socket) => {
    const session = new SocketSession(socket, { ...options, rooms, line: lines.of(socket.conn) });
    metrics.sockets.inc();
    socket.on('disconnect', () => {
      metrics.sockets.dec();
      session.close();
    });
    answerRequests(socket, session, logger);
  });
  let closing: Promise<void> | null = null;
  return {
    close: () => {
      closing ??= connections.destroyAfter(CLOSE_GRACE_MS, io.close(), clock);
      return closing;
    },
  };
}

function createServer(httpServer: HttpServer, { allowedOrigins }: Config): RealtimeServer {
  return new Server(httpServer, {
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 100_000,
    connectTimeout: 10_000,
    ...(allowedOrigins.length > 0 && { cors: { origin: [...allowedOrigins] } }),
  });
}

/** The token comes in `auth`, or in the header for clients that prefer it; never in the address. */
function createTokenCheck(tokens: AccessTokens) {
  return ({ handshake, data }: RealtimeSocket, next: (refusal?: Error) => void) => {
    const { token } = handshake.auth as { readonly token?: unknown }; // whatever the client sent
    try {
      data.role = tokens.require(
        typeof token === 'string' ? token : parseBearer(handshake.headers.authorization),
      );
    } catch (error) {
      if (!(error instanceof ScannerError)) throw error;
      return next(Object.assign(new Error(error.message), { data: toAckError(error, randomUUID()) }));
    }
    next();
  };
}
