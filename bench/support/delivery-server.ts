import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '@fast-scanner/server/app.ts';
import { scanStreamId } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import { INITIAL_STATE, SCAN_JOB } from '@fast-scanner/server/scanners/fast-scanner/scan-record.ts';
import { quickScanRequestSchema } from '@fast-scanner/shared';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import { testConfig } from '../../test/support/test-config.ts';
import { BENCH_SCAN_ID, type Contender, now } from './delivery-protocol.ts';

/** Sends one event to every subscriber. Resolves when it is on its way. */
type Emit = (payload: object) => Promise<void>;

interface RunningServer {
  readonly port: number;
  readonly emit: Emit;
}

const [kind] = process.argv.slice(2) as [Contender]; // started by the benchmark alone

/** The product: the event is stored, numbered and broadcast. */
async function startProduct(): Promise<RunningServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fast-scanner-bench-'));
  process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const app = await createApp(testConfig({ dataDir }));
  const { url } = await app.start();
  const input = {
    exchange: 'demo',
    dataSource: { exchange: 'demo', kind: 'simulated' },
    timeframe: '1h',
    symbols: ['BTC/USDT'],
    analyze: true,
    trigger: 'interactive',
  };
  const job = { id: BENCH_SCAN_ID, kind: SCAN_JOB, status: 'running', exchange: 'demo', input } as const;
  const times = {
    createdAt: Date.now(),
    startedAt: Date.now(),
    endedAt: null,
    heartbeatAt: null,
    sweptAt: null,
  };
  await app.store.commit({
    createJobs: [{ ...job, ...times, state: INITIAL_STATE, error: null, attempts: 1, idempotencyKey: null }],
  });
  const emit: Emit = async (payload) => {
    const events = [{ type: 'symbolAnalyzed', payload }];
    await app.eventLog.commit({ appendEvents: [{ streamId: scanStreamId(BENCH_SCAN_ID), events }] });
  };
  return { port: Number(new URL(url).port), emit };
}

async function startSocketIo(): Promise<RunningServer> {
  const server = createServer();
  const io = new Server(server, { perMessageDeflate: false, serveClient: false });
  io.on('connection', (socket) => socket.join('room'));
  const port = await listen(server);
  let seq = 0;
  const emit: Emit = async (payload) => {
    seq += 1;
    io.to('room').emit('symbolAnalyzed', { ...payload, seq });
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { port, emit };
}

async function startWs(): Promise<RunningServer> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const port = await listen(server);
  let seq = 0;
  const emit: Emit = async (payload) => {
    seq += 1;
    const text = `42${JSON.stringify(['symbolAnalyzed', { ...payload, seq }])}`;
    for (const socket of sockets.clients) socket.send(text);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { port, emit };
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port; // a TCP server's address
}

/** A real event of the simulated market, so that the bytes are those of real use. */
async function realPayload(): Promise<object> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fast-scanner-bench-'));
  const app = await createApp(testConfig({ dataDir }));
  await app.open();
  const payload = await new Promise<object>((resolve) => {
    app.scanner.once('symbolAnalyzed', ({ seq: _, ...event }) =>
      resolve({ ...event, scanId: BENCH_SCAN_ID }),
    );
    void app.scanner.start(quickScanRequestSchema.parse({ symbols: ['BTC/USDT'] }));
  });
  await app.close();
  rmSync(dataDir, { recursive: true });
  return payload;
}

const STARTERS = { product: startProduct, 'socket.io': startSocketIo, ws: startWs };
const payload = await realPayload();
const { port, emit } = await STARTERS[kind]();

/** Events emitted in one turn of the event loop when there is no pause between them. */
const BURST = 20;

process.on('message', async (message) => {
  const { events, intervalMs } = message as { events: number; intervalMs: number }; // sent by the benchmark alone
  const startedAt = now();
  const group = intervalMs > 0 ? 1 : BURST;
  for (let sent = 0; sent < events; sent += group) {
    if (intervalMs > 0) await new Promise((resolve) => setTimeout(resolve, intervalMs));
    const size = Math.min(group, events - sent);
    await Promise.all(Array.from({ length: size }, () => emit({ ...payload, sentAt: now() })));
  }
  process.send?.({ startedAt });
});
process.send?.({ port, bytes: JSON.stringify(payload).length });
