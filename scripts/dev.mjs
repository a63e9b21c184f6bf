import { ensureInstalled } from './ensure.mjs';
import { runNode } from './run-command.mjs';
import { stopWithNpm } from './stop-with-npm.mjs';

await ensureInstalled();
stopWithNpm();
const { serveWeb } = await import('./dev-web.mjs');
const port = Number(process.env.PORT || 5000);
const url = await serveWeb(`http://127.0.0.1:${port}`, port + 1);
console.error(`The dashboard from source: ${url}`);
const args = ['watch', '--clear-screen=false', 'server/src/main.ts', ...process.argv.slice(2)];
process.exit(await runNode('node_modules/tsx/dist/cli.mjs', args));
