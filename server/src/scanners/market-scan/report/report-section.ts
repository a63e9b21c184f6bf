import { type Html, html } from './html.ts';

/** A part of the report with its own heading. */
export interface ReportSection {
  /** Unique within the page: its anchor. */
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

/** Stands where there is nothing to show. */
export const NO_STOCKS = html`<p class="empty">No stock was tested.</p>`;

export function renderSection({ id, title, body }: ReportSection): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title}</h2>
${body}
</section>
`;
}

/** Where each part begins. */
export function renderContents(sections: readonly ReportSection[]): Html {
  return html`<nav aria-label="Contents"><ul>${sections.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>
`;
}
