import { ensureInstalled } from './ensure.mjs';

await ensureInstalled();
const { buildServer } = await import('./build-server.mjs');
await buildServer({ onlyIfChanged: false });
