import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';
import { inRoot, ROOT } from './project.mjs';

/** More processes than this would disturb each other's timing. */
const MOST_LANES = 2;
/** These share a browser and a build of the dashboard, so they stay together; they wait more than they work. */
const BROWSER_TESTS = 'test/e2e/browser/';
/** Seconds of the files that take longest; only the balance of the lanes depends on it. */
const LONG_FILES = {
  'test/e2e/process-faults.test.ts': 10,
  'test/server/scanners/fast-scanner/exchange-faults.test.ts': 7,
  'test/client-sdk/package.test.ts': 6,
  'test/server/cli/unreachable-exchange.test.ts': 3,
  'test/server/cli/scan.test.ts': 3,
  'test/server/cli/signals.test.ts': 3,
  'test/server/realtime/limits.test.ts': 3,
  'test/client-sdk/resume.test.ts': 2.5,
  'test/client-sdk/prices.test.ts': 2.5,
  'test/client-sdk/price-polling.test.ts': 2.5,
  'test/client-sdk/react/examples.test.tsx': 2,
  'test/readme.test.ts': 2,
  'test/server/cli/continuous.test.ts': 2,
  'test/server/cli/run.test.ts': 2,
  'test/server/market-data/demo/demo-realism.test.ts': 2,
  'test/server/market-data/ccxt/governed-ccxt.test.ts': 2,
  'test/server/scanners/common/worker-analyst.test.ts': 2,
  'test/server/scanners/fast-scanner/scan-totals.test.ts': 2,
};
const SECONDS_OF_OTHERS = 0.3;
const COUNTS = /^(\d+) passed, (\d+) failed, (\d+) skipped$/gm;

/**
 * Runs all test files in as many mocha processes as there are cores, two at most, and those in a browser in one more. The first one's output
 * is shown as it comes, the others' when the one before has ended; the last line counts the tests of all. Answers the exit code, which is
 * not 0 when a process failed or ended without saying how its tests went.
 */
export async function runInLanes(mochaArgs, env) {
  const lanes = dealFiles(Math.min(MOST_LANES, availableParallelism()));
  const colors = process.stdout.hasColors?.() ? ['--color'] : [];
  const runs = lanes.map((files) => startLane([...colors, ...mochaArgs, ...files], env));
  // Mocha hands SIGINT alone on to the process in which it runs the tests. Ctrl-C reaches the whole process group without us.
  const stop = () => {
    for (const { child } of runs) child.kill('SIGINT');
  };
  process.on('SIGINT', () => undefined).on('SIGTERM', stop);
  const results = [];
  for (const run of runs) {
    run.show();
    results.push(await run.ended);
  }
  if (lanes.length > 1) process.stdout.write(`\n${sumCounts(results)}\n`);
  const areThrough = results.every(({ counts }) => counts !== null);
  if (!areThrough) process.stdout.write('Some tests were not run: a process ended before it was through.\n');
  return results.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? (areThrough ? 0 : 1);
}

/** The test files dealt out, longest first, each to the lane that has least to do so far; those that share a browser have a lane of their own. */
function dealFiles(count) {
  const files = readdirSync(inRoot('test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .sort();
  if (count === 1) return [files];
  const inBrowser = files.filter((file) => file.startsWith(BROWSER_TESTS));
  const others = files.filter((file) => !file.startsWith(BROWSER_TESTS));
  const lanes = Array.from({ length: count }, () => ({ files: [], seconds: 0 }));
  for (const file of others.toSorted((one, other) => secondsOf(other) - secondsOf(one))) {
    const lane = lanes.reduce((least, other) => (other.seconds < least.seconds ? other : least));
    lane.files.push(file);
    lane.seconds += secondsOf(file);
  }
  return [...lanes.map((lane) => lane.files), inBrowser];
}

function secondsOf(file) {
  return LONG_FILES[file] ?? SECONDS_OF_OTHERS;
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
    child.on('close', (code, signal) =>
      resolve({ exitCode: code ?? 128 + constants.signals[signal], counts: findCounts(said) }),
    );
  });
  const show = () => {
    isShown = true;
    process.stdout.write(said);
  };
  return { child, ended, show };
}

/** Passed, failed and skipped as the reporter says them at the end; `null` when it came to no end. */
function findCounts(said) {
  const last = [...said.matchAll(COUNTS)].at(-1);
  return last ? last.slice(1).map(Number) : null;
}

function sumCounts(results) {
  const [passed, failed, skipped] = [0, 1, 2].map((at) =>
    results.reduce((sum, { counts }) => sum + (counts?.[at] ?? 0), 0),
  );
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
