import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { inRoot, ROOT } from './project.mjs';

/** Runs a command in the repository's folder on our terminal until it ends; answers its exit code. */
export async function runCommand(command, args, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
  const leaveItToTheChild = () => undefined; // Ctrl-C reaches the whole process group
  const passOn = (signal) => child.kill(signal);
  process.on('SIGINT', leaveItToTheChild).on('SIGTERM', passOn);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (exitCode, signal) => resolve(exitCode ?? 128 + constants.signals[signal]));
    });
  } finally {
    process.off('SIGINT', leaveItToTheChild).off('SIGTERM', passOn);
  }
}

/** Runs a JavaScript program of the repository, such as `node_modules/mocha/bin/mocha.js`. */
export function runNode(program, args, options = {}) {
  return runCommand(process.execPath, [inRoot(program), ...args], options);
}
