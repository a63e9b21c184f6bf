import { randomUUID } from 'node:crypto';
import { type IncomingMessage, ServerResponse } from 'node:http';
import { type Problem, ScannerError, toProblem } from '@fast-scanner/shared';
import type { HostGuard } from '../ops/access/host-guard.ts';
import type { OriginGuard } from '../ops/access/origin-guard.ts';

/** A middleware of engine.io: it runs for every polling request and every upgrade, before anything else does. */
export type EngineMiddleware = (request: IncomingMessage, response: unknown, next: () => void) => void;

/** Refuses strange Hosts and Origins; CORS would not protect the WebSocket. */
export function createConnectionGuard(hosts: HostGuard, origins: OriginGuard): EngineMiddleware {
  return (request, response, next) => {
    const requestId = randomUUID();
    const { host, origin } = request.headers;
    try {
      hosts.check(host);
      origins.check(origin, host);
    } catch (error) {
      if (!(error instanceof ScannerError)) throw error;
      return refuse(request, response, toProblem(error, requestId, '/socket.io/'));
    }
    if (response instanceof ServerResponse) {
      for (const [name, value] of Object.entries(commonHeaders(requestId))) response.setHeader(name, value);
    }
    next();
  };
}

/** For an upgrade engine.io's response is a dummy without a voice, so that the refusal goes to the connection itself. */
function refuse({ socket }: IncomingMessage, response: unknown, problem: Problem): void {
  const body = JSON.stringify(problem);
  const headers = {
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...commonHeaders(problem.requestId),
    Connection: 'close',
  };
  if (response instanceof ServerResponse) {
    response.writeHead(problem.status, headers).end(body);
    return;
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => undefined); // the client may be gone already
  socket.end(`HTTP/1.1 ${problem.status} Forbidden\r\n${lines.join('')}\r\n${body}`);
}

function commonHeaders(requestId: string) {
  return { 'X-Request-Id': requestId, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };
}
