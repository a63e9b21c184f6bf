import { ensureInstalled } from './ensure.mjs';

await ensureInstalled();
const { buildServer } = await import('./build-server.mjs');
const { buildClient } = await import('./build-client.mjs');
await buildServer({ onlyIfChanged: false });
await buildClient();
