import { ensureBuilt } from './ensure.mjs';

await ensureBuilt();
process.setSourceMapsEnabled(true);
await import('../server/dist/cli.js');
