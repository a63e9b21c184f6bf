import { ensureInstalled } from './ensure.mjs';
import { runNode } from './run-command.mjs';

const PROGRAMS = {
  tsc: 'node_modules/typescript/bin/tsc',
  biome: 'node_modules/@biomejs/biome/bin/biome',
};

// Runs a development tool, installing it first when that is needed.
await ensureInstalled();
const [tool, ...args] = process.argv.slice(2);
process.exitCode = await runNode(PROGRAMS[tool], args);
