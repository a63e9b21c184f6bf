import type { Locator, Page } from 'playwright-core';

/** What stands beside the label of work that is under way: "7 of 20 · SOL/USDT · 12 s". */
export function progressLine(page: Page, label: string): Locator {
  return page.getByText(label, { exact: true }).locator('..');
}
