import { ensureInstalled } from './ensure.mjs';

await ensureInstalled();
const { buildServer } = await import('./build-server.mjs');
const { buildClient } = await import('./build-client.mjs');
const { buildWeb } = await import('./build-web.mjs');
await buildServer({ onlyIfChanged: false });
await buildClient();
await buildWeb({ onlyIfChanged: false });
