import type { Browser } from 'playwright-core';
import { findChromium, launchBrowser, NO_BROWSER } from './browser.ts';

/** Pages load their code lazily, and other tests run beside them. */
const TIMEOUT_MS = 60_000;

const executablePath = findChromium();
let launching: Promise<Browser> | null = null;

/** A suite that needs a browser. Without one it is skipped, and the first says why. */
export function browserSuite(title: string, body: () => void): void {
  if (executablePath === null) {
    sayOnce();
    describe.skip(`${title} (${NO_BROWSER})`, body);
  } else {
    describe(title, body).timeout(TIMEOUT_MS);
  }
}

/** The browser of all suites of this process. */
export function sharedBrowser(): Promise<Browser> {
  if (executablePath === null) throw new Error(NO_BROWSER);
  launching ??= launchBrowser(executablePath);
  return launching;
}

let isSaid = false;

function sayOnce(): void {
  if (!isSaid) process.stdout.write(`The tests of the dashboard are skipped: ${NO_BROWSER}.\n`);
  isSaid = true;
}

after(async () => {
  await (await launching)?.close();
  launching = null;
});
