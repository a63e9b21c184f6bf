import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';
import { inRoot, ROOT } from './project.mjs';

/** More processes than this would disturb each other's timing. */
const MOST_LANES = 2;
const COUNTS = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m;

/**
 * Runs all test files in as many mocha processes as there are cores, two at most. The first one's output is shown as it comes, the other's
 * when the first has ended; the last line counts the tests of all. Answers the exit code.
 */
export async function runInLanes(mochaArgs, env) {
  const lanes = splitFiles(Math.min(MOST_LANES, availableParallelism()));
  const runs = lanes.map((files) => startLane([...mochaArgs, ...files], env));
  const passOn = (signal) => {
    for (const { child } of runs) child.kill(signal);
  };
  process.on('SIGINT', () => undefined).on('SIGTERM', passOn); // Ctrl-C reaches the whole process group
  const results = [];
  for (const run of runs) {
    run.show();
    results.push(await run.ended);
  }
  if (lanes.length > 1) process.stdout.write(`\n${sumCounts(results)}\n`);
  return results.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0;
}

/** The test files dealt out in turns, so that each lane gets some of every folder. */
function splitFiles(count) {
  const files = readdirSync(inRoot('test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => `test/${name}`);
  return Array.from({ length: count }, (_, lane) => files.filter((_, index) => index % count === lane));
}

function startLane(args, env) {
  const child = spawn(process.execPath, [inRoot('node_modules/mocha/bin/mocha.js'), ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let isShown = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
      if (isShown) process.stdout.write(text);
    });
  }
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ exitCode: code ?? 128 + constants.signals[signal], said }));
  });
  const show = () => {
    isShown = true;
    process.stdout.write(said);
  };
  return { child, ended, show };
}

function sumCounts(results) {
  const counts = results.map(({ said }) => COUNTS.exec(said)?.slice(1).map(Number) ?? [0, 0, 0]);
  const [passed, failed, skipped] = [0, 1, 2].map((at) => counts.reduce((sum, lane) => sum + lane[at], 0));
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
