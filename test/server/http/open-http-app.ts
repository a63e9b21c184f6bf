import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '@fast-scanner/server/config.ts';
import { createHttpApp, type HttpApp } from '@fast-scanner/server/http/http-app.ts';
import { createLogger } from '@fast-scanner/server/ops/logger.ts';
import { createMetrics } from '@fast-scanner/server/ops/metrics.ts';
import { Readiness } from '@fast-scanner/server/ops/readiness.ts';
import { renderMarketScanReport } from '@fast-scanner/server/scanners/market-scan/report/render-market-scan-report.ts';
import { testConfig } from '../../support/test-config.ts';
import type { TestWindows } from './test-windows.ts';

export interface OpenHttpApp {
  readonly port: number;
  readonly http: HttpApp;
  /** Closes the window, then its server. */
  close(): Promise<void>;
}

/** Another HTTP window on the same engine, on a port of its own. */
export async function openHttpApp(
  { app }: TestWindows,
  config: Partial<Config> = {},
  requestsPerMinute?: number,
): Promise<OpenHttpApp> {
  const http = createHttpApp({
    ...app,
    renderMarketScanReport,
    config: testConfig({ dataDir: '', ...config }),
    logger: createLogger('silent'),
    metrics: createMetrics(),
    readiness: new Readiness(),
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
  });
  const server = createServer(http.handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address
  return {
    port,
    http,
    close: async () => {
      await http.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
