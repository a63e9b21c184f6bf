import { ensureInstalled } from './ensure.mjs';
import { runNode } from './run-command.mjs';

await ensureInstalled();
const args = ['watch', '--clear-screen=false', 'server/src/main.ts', ...process.argv.slice(2)];
process.exitCode = await runNode('node_modules/tsx/dist/cli.mjs', args);
