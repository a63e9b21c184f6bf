import { ensureInstalled } from './ensure.mjs';
import { runNode } from './run-command.mjs';
import { runInLanes } from './test-lanes.mjs';

/** Options of mocha that are followed by a value, so that the value is not taken for a path. */
const OPTIONS_WITH_VALUE = [
  '--grep',
  '-g',
  '--fgrep',
  '-f',
  '--reporter',
  '-R',
  '--timeout',
  '-t',
  '--require',
  '-r',
];

await ensureInstalled();
const args = process.argv.slice(2).filter((arg) => arg !== '--soak');
const isSoak = process.argv.includes('--soak');
const hasPath = args.some(
  (arg, index) => !arg.startsWith('-') && !OPTIONS_WITH_VALUE.includes(args[index - 1]),
);
const mochaArgs = [
  ...['--reporter', 'scripts/test-reporter.cjs', '--extension', 'test.ts', '--recursive'],
  ...(isSoak ? ['--timeout', '1800000'] : []),
  ...args,
];
const env = { ...process.env, ...(isSoak ? { SOAK: '1' } : {}) };
process.exitCode = hasPath
  ? await runNode('node_modules/mocha/bin/mocha.js', mochaArgs, { env })
  : await runInLanes(mochaArgs, env);
