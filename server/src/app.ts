import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ScannerError } from '@fast-scanner/shared';
import type { Config } from './config.ts';
import { createEngine, type Engine, type EngineOverrides } from './engine.ts';
import { createHttpApp } from './http/http-app.ts';
import { createLogger } from './ops/logger.ts';
import { createMetrics } from './ops/metrics.ts';
import { Readiness } from './ops/readiness.ts';
import { attachRealtime } from './realtime/socket-server.ts';
import { renderMarketScanReport } from './scanners/market-scan/report/render-market-scan-report.ts';

export interface App extends Engine {
  /** Resumes unfinished work, then listens. @throws ScannerError `unavailable` when it is closed meanwhile */
  start(): Promise<{ readonly url: string }>;
}

export interface AppOverrides extends EngineOverrides {
  /** Folder of the built dashboard, see {@link createHttpApp}. */
  readonly webDir: string;
}

/** The composition root: the engine with its windows, HTTP and Socket.IO, on one port. */
export async function createApp(config: Config, overrides: Partial<AppOverrides> = {}): Promise<App> {
  const logger = createLogger(config.logLevel);
  const onBug = (error: unknown) => logger.error({ err: error }, 'unexpected error');
  const onNote = (text: string, details: object) => logger.info(details, text);
  const engine = await createEngine(config, { onBug, onNote, ...overrides });
  const readiness = new Readiness();
  readiness.add('store', () => engine.store.ping());
  readiness.add('training', () => engine.training.ping());
  const metrics = createMetrics();
  const { scanner, runs, marketScans, continuous, outcomes, webhooks, models, market } = engine;
  const { eventLog, clock } = engine;
  const windows = { scanner, runs, marketScans, continuous, outcomes, webhooks, models, market };
  const parts = { ...windows, eventLog, clock, config, logger, metrics, readiness };
  const { webDir } = overrides;
  const http = createHttpApp({ ...parts, renderMarketScanReport, webDir });
  const server = createServer(http.handler);
  const realtime = attachRealtime(server, parts);
  let closing: Promise<void> | null = null;

  async function close(): Promise<void> {
    readiness.drain();
    const scanners = [scanner.close(), runs.close(), marketScans.close(), continuous.close()];
    await Promise.all([...scanners, models.close(), outcomes.close(), webhooks.close()]);
    await Promise.all([http.close(), realtime.close()]);
    server.closeAllConnections();
    await engine.close();
  }

  return {
    ...engine,
    start: async () => {
      await engine.open();
      if (closing) throw new ScannerError('unavailable', 'closed while it started');
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(config.port, config.host, resolve);
      });
      const { address, family, port } = server.address() as AddressInfo; // a TCP server's address
      return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}` };
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
