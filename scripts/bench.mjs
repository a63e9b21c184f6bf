import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, runNpm } from './ensure.mjs';
import { inRoot } from './project.mjs';
import { runCommand } from './run-command.mjs';

const SUFFIX = '.bench.ts';
/** Too large, and too old, to be a dependency: installed when it is measured against. It needs chai and does not say so. */
const GRADEMARK = ['grademark@0.3.0', 'data-forge@1.10.5', 'chai@4'];
const PEERS = inRoot('node_modules', '.bench-peers');

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
  const extra = name === 'backtest' ? await findGrademark() : [];
  const args = ['--expose-gc', '--import', 'tsx', inRoot('bench', `${name}${SUFFIX}`), ...extra, ...options];
  const exitCode = await runCommand(process.execPath, args);
  if (exitCode !== 0) process.exitCode = exitCode;
}

/** The option that names grademark's folder; none, and a line that says so, when it cannot be installed. */
async function findGrademark() {
  if (options.some((option) => option.startsWith('--grademark'))) return [];
  const isInstalled = existsSync(join(PEERS, 'node_modules', '.package-lock.json')); // npm writes it last
  const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  if (isInstalled || (await runNpm('install', '--prefix', PEERS, ...flags, ...GRADEMARK)) === 0) {
    return [`--grademark=${PEERS}`];
  }
  console.log('grademark: skipped: grademark could not be installed');
  return [];
}
