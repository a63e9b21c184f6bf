import type { Page } from 'playwright-core';

const FOLDER = 'test/e2e/__screens__';

/** Keeps a picture of the whole page, to be looked at; git ignores it. */
export async function saveScreen(page: Page, title: string): Promise<void> {
  const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  await page.screenshot({ path: `${FOLDER}/${name}.png`, fullPage: true });
}
