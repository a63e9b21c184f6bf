import { ensureBuilt, ensureWebBuilt } from './ensure.mjs';
import { stopWithNpm } from './stop-with-npm.mjs';

await ensureBuilt();
await ensureWebBuilt();
stopWithNpm();
process.setSourceMapsEnabled(true);
await import('../server/dist/main.js');
