import { createServer } from 'vite';
import { createViteConfig } from './web-config.mjs';

/** Everything the server answers itself; the rest are the dashboard's pages and sources. */
const OF_THE_SERVER =
  /^\/(api|market-scan|socket\.io|docs|metrics|healthz|readyz|openapi\.json|asyncapi\.json)(?=[/?]|$)/;

/** Serves the dashboard from source, with changes seen at once, in front of the server at `target`; answers its address. */
export async function serveWeb(target, port) {
  const passOn = {
    target,
    changeOrigin: true,
    ws: true,
    // The server takes changes only from its own pages; seen from there, that is where these come from.
    configure: (proxy) => {
      for (const event of ['proxyReq', 'proxyReqWs']) {
        proxy.on(event, (request) => {
          if (request.getHeader('origin')) request.setHeader('origin', target);
        });
      }
    },
  };
  const server = await createServer(
    createViteConfig({
      logLevel: 'info',
      html: {},
      server: { host: '127.0.0.1', port, proxy: { [OF_THE_SERVER.source]: passOn } },
    }),
  );
  await server.listen();
  return server.resolvedUrls.local[0];
}
