import { ensureInstalled } from './ensure.mjs';
import { runNode } from './run-command.mjs';
import { runInLanes } from './test-lanes.mjs';

/** Options of mocha that choose among the tests: with these alone the files can be dealt out. */
const CHOOSING_BY_VALUE = ['--grep', '-g', '--fgrep', '-f', '--timeout', '-t'];
const CHOOSING = [...CHOOSING_BY_VALUE, '--invert', '-i'];

await ensureInstalled();
const args = process.argv.slice(2).filter((arg) => arg !== '--soak');
const isSoak = process.argv.includes('--soak');
const isWhole = args.every(
  (arg, index) => CHOOSING.includes(arg.replace(/=.*/, '')) || CHOOSING_BY_VALUE.includes(args[index - 1]),
);
const mochaArgs = [
  ...[
    '--reporter',
    'scripts/test-reporter.cjs',
    '--extension',
    'test.ts',
    '--extension',
    'test.tsx',
    '--recursive',
  ],
  ...(isSoak ? ['--timeout', '1800000'] : []),
  ...args,
];
const env = { ...process.env, ...(isSoak ? { SOAK: '1' } : {}) };
process.exitCode = isWhole
  ? await runInLanes(mochaArgs, env)
  : await runNode('node_modules/mocha/bin/mocha.js', mochaArgs, { env });
