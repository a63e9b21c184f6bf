import assert from 'node:assert/strict';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { sharedBrowser } from '../../support/browser-suite.ts';

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** For what the page has to do by itself. */
const TIMEOUT_MS = 15_000;

/** One user's tab. */
export interface Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  /** From now on troubles like these belong to the test. */
  expectTrouble(like: RegExp): void;
  /** Fails when the page had a trouble so far: an error in its console, a refusal of its security policy, a request that failed. */
  assertNoTrouble(): void;
  /** Closes it with its cookies and storage; fails as `assertNoTrouble` does. */
  close(): Promise<void>;
}

/** The page goes away while it asks: nobody waits for the answer any more. */
const GIVEN_UP = 'net::ERR_ABORTED';

/** A fresh user at a desktop; the address is one of the dashboard's. */
export async function openTab(address: string, options: BrowserContextOptions = {}): Promise<Tab> {
  const browser = await sharedBrowser();
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const { troubles, expectTrouble } = collectTroubles(page);
  const assertNoTrouble = () => assert.deepEqual(troubles, [], `troubles at ${page.url()}`);
  await page.goto(address);
  return {
    page,
    context,
    expectTrouble,
    assertNoTrouble,
    close: async () => {
      await context.close();
      assertNoTrouble();
    },
  };
}

function collectTroubles(page: Page) {
  const troubles: string[] = [];
  const expected: RegExp[] = [];
  const tell = (trouble: string) => {
    if (!expected.some((like) => like.test(trouble))) troubles.push(trouble);
  };
  page.on('console', (message) => {
    const isTrouble = message.type() === 'error' || message.type() === 'warning';
    if (isTrouble) tell(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => tell(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'no reason';
    if (reason !== GIVEN_UP) tell(`${request.method()} ${request.url()} failed: ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400)
      tell(`${response.request().method()} ${response.url()} answered ${response.status()}`);
  });
  return { troubles, expectTrouble: (like: RegExp) => void expected.push(like) };
}
