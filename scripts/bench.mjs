import { readdirSync } from 'node:fs';
import { ensureInstalled } from './ensure.mjs';
import { inRoot } from './project.mjs';
import { runCommand } from './run-command.mjs';

const SUFFIX = '.bench.ts';

await ensureInstalled();
const names = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const options = process.argv.slice(2).filter((arg) => arg.startsWith('-'));
const all = readdirSync(inRoot('bench'))
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length));
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark is called ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(2);
}
for (const name of names.length > 0 ? names : all) {
  const args = ['--expose-gc', '--import', 'tsx', inRoot('bench', `${name}${SUFFIX}`), ...options];
  const exitCode = await runCommand(process.execPath, args);
  if (exitCode !== 0) process.exitCode = exitCode;
}
