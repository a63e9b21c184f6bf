import { ensureBuilt } from './ensure.mjs';
import { stopWithNpm } from './stop-with-npm.mjs';

await ensureBuilt();
stopWithNpm();
process.setSourceMapsEnabled(true);
await import('../server/dist/cli.js');
