import { ensureInstalled } from './ensure.mjs';
import { runNode } from './run-command.mjs';
import { stopWithNpm } from './stop-with-npm.mjs';

await ensureInstalled();
stopWithNpm();
const args = ['watch', '--clear-screen=false', 'server/src/main.ts', ...process.argv.slice(2)];
process.exitCode = await runNode('node_modules/tsx/dist/cli.mjs', args);
