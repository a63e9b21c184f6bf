import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';

/** Waits until the element's text is like this. */
export async function expectText(locator: Locator, like: RegExp): Promise<void> {
  await eventually(async () => assert.match((await locator.first().textContent()) ?? '', like), {
    intervalMs: 30,
  });
}
