import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where systems keep a Chromium, the one of the environment first. */
const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of the system's Chromium; `null` when there is none. @throws when `CHROMIUM_PATH` names a file that does not exist */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`);
  return named || (USUAL_PATHS.find((path) => existsSync(path)) ?? null);
}

/** Why the tests of the dashboard are skipped, and what to do. */
export const NO_BROWSER =
  'no Chromium was found: install one (on Debian: apt-get install chromium) or name it in CHROMIUM_PATH';

/** Emulating a graphics card takes longer than drawing without one. */
const ARGS = ['--disable-gpu'];

/** A browser without a window. The sandbox needs a user that is not root. */
export async function launchBrowser(executablePath: string): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: isRoot ? [...ARGS, '--no-sandbox'] : ARGS });
}
