import { formatSigned } from './format-figures.ts';
import { type Html, html } from './html.ts';

/** A number with its sign, in the colour of profit or loss. */
export function renderChange(value: number): Html {
  const text = formatSigned(value);
  if (text.startsWith('+')) return html`<b class="up">${text}</b>`;
  return text.startsWith('−') ? html`<b class="down">${text}</b>` : html`${text}`;
}
