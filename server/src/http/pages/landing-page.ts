import express, { type Router } from 'express';
import { createMethodGuard } from '../middleware/method-guard.ts';
import type { RouteContract } from '../routes/route-contract.ts';

const STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1rem; }
code { font-size: 0.95em; }
td { padding: 0.15rem 1rem 0.15rem 0; vertical-align: top; }
.simulated { border-inline-start: 0.25rem solid; padding-inline-start: 0.75rem; font-weight: 600; }
`;

const DATA_NOTES: ReadonlyMap<string, string> = new Map([
  ['demo', 'The default exchange is the demo: its market data is simulated, not real.'],
  ['files', 'The default exchange replays recorded market data.'],
]);

export interface LandingPageOptions {
  readonly defaultExchange: string;
  readonly contracts: readonly RouteContract[];
}

/** What stands at `/`: what this is and where to go. */
export function createLandingRouter(options: LandingPageOptions): Router {
  const html = toHtml(options);
  return express
    .Router()
    .get('/', (_request, response) => void response.type('html').send(html))
    .get('/landing.css', (_request, response) => void response.type('css').send(STYLE))
    .all(['/', '/landing.css'], createMethodGuard(['GET', 'HEAD']));
}

function toHtml({ defaultExchange, contracts }: LandingPageOptions): string {
  const note = DATA_NOTES.get(defaultExchange) ?? `The default exchange is ${defaultExchange}, live.`;
  const rows = contracts.map(
    ({ method, path, summary }) =>
      `<tr><td><code>${method.toUpperCase()} ${path}</code></td><td>${escapeHtml(summary)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Fast Scanner</title>
    <link rel="stylesheet" href="/landing.css">
  </head>
  <body>
    <h1>Fast Scanner</h1>
    <p>Scans a universe of markets at once: quick signals first, the deep analysis of every symbol streamed live after them.</p>
    <p class="simulated">${escapeHtml(note)}</p>
    <ul>
      <li><a href="/docs">API documentation</a> (<a href="/openapi.json">OpenAPI</a>)</li>
      <li><a href="/asyncapi.json">Socket.IO events (AsyncAPI)</a></li>
      <li><a href="/api/scanner/scan-status">What the scanner is doing</a></li>
    </ul>
    <table>
      ${rows.join('\n      ')}
    </table>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
