import { inRoot, readJson } from './project.mjs';
import { runCommand } from './run-command.mjs';

/** Ends the process with a clear message on a Node that is too old. */
export function ensureNode() {
  const wanted = readJson(inRoot('package.json')).engines.node.replace('>=', '');
  if (!isOlder(process.versions.node, wanted)) return;
  console.error(
    `Fast Scanner needs Node ${wanted} or newer; this is ${process.version} at ${process.execPath}.`,
  );
  process.exit(1);
}

/** Installs exactly what the lockfile says, unless npm's own record shows that it is there already. */
export async function ensureInstalled() {
  ensureNode();
  const missing = findMissingPackage();
  if (missing === null) return;
  console.error(`Installing the packages of package-lock.json (${missing} is not there yet) …`);
  const exitCode = await runNpm('ci', '--include=dev', '--loglevel=error');
  if (exitCode !== 0) process.exit(exitCode);
}

/** Makes sure that `server/dist` is made of the present source. */
export async function ensureBuilt() {
  await ensureInstalled();
  const { buildServer } = await import('./build-server.mjs');
  await buildServer({ onlyIfChanged: true });
}

/** Makes sure that `web/dist`, the dashboard that the server serves, is made of the present source. */
export async function ensureWebBuilt() {
  const { buildWeb } = await import('./build-web.mjs');
  await buildWeb({ onlyIfChanged: true });
}

function isOlder(version, wanted) {
  const parts = version.split('.').map(Number);
  const wantedParts = wanted.split('.').map(Number);
  const index = parts.findIndex((part, position) => part !== wantedParts[position]);
  return index !== -1 && parts[index] < wantedParts[index];
}

/** The first package of the lockfile that is absent or installed in another version; `null` when there is none. */
function findMissingPackage() {
  const wanted = readJson(inRoot('package-lock.json')).packages;
  const installed = readJson(inRoot('node_modules', '.package-lock.json'))?.packages ?? {};
  const isInstalled = ([path, { version, integrity, optional }]) => {
    const found = installed[path];
    if (found === undefined) return optional === true; // made for another platform
    return found.version === version && found.integrity === integrity;
  };
  const packages = Object.entries(wanted).filter(([path]) => path.includes('node_modules/'));
  const missing = packages.find((entry) => !isInstalled(entry));
  return missing ? missing[0].replace(/^.*node_modules\//, '') : null;
}

/** Runs the npm that runs us, else the one on the path; answers its exit code. */
export function runNpm(...args) {
  const self = process.env.npm_execpath;
  if (self?.endsWith('.js')) return runCommand(process.execPath, [self, ...args]);
  return runCommand('npm', args, { shell: process.platform === 'win32' });
}
