import type { AxeResults, RunOptions } from 'axe-core';
import { source } from 'axe-core';
import type { Page } from 'playwright-core';

/** What WCAG 2.2 AA asks for, and what axe calls good practice. */
const EVERYTHING: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { region: { enabled: false } }, // never serious, and the slowest but one
};
/** What may differ when nothing but the colours has changed. */
const COLOURS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

interface Search {
  /** Default: everything. */
  readonly of?: 'everything' | 'colours';
  /** A selector: only there. Default: the whole page. */
  readonly within?: string;
}

/** The page's serious and critical findings, each in a line: which rule, where, and why. */
export async function findViolations(
  page: Page,
  { of = 'everything', within = 'html' }: Search = {},
): Promise<string[]> {
  const rules = of === 'everything' ? EVERYTHING : COLOURS;
  const options: RunOptions = { ...rules, resultTypes: ['violations'], preload: false, iframes: false };
  await page.evaluate(`globalThis.axe ?? (() => { ${source} })()`);
  // The page knows no types: axe answers what its declarations say.
  const found = (await page.evaluate(
    `axe.run(${JSON.stringify(within)}, ${JSON.stringify(options)})`,
  )) as AxeResults;
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary, html }) =>
        [id, target.join(' '), html.slice(0, 200), failureSummary?.replaceAll(/\s+/g, ' ')].join(' | '),
      ),
    );
}
