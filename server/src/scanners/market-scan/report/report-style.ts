import { html } from './html.ts';

/** The look of the report: one column, light or dark as the reader's system is, and on paper always light. */
export const REPORT_STYLE = html`<style>
:root {
  color-scheme: light dark;
  --page: #fff; --panel: #f6f7f9; --edge: #dfe3e8; --ink: #1b2330; --soft: #5a6472;
  --strategy: #1f5fd0; --area: #1f5fd026; --benchmark: #93590a; --up: #0c7040; --down: #b3261e;
  --winning: #3f9d6f; --losing: #d4665c; --warn: #7a4b00; --warn-page: #fff4dc; --warn-edge: #d99a1c;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #12161d; --panel: #1b212b; --edge: #323b48; --ink: #e6e9ee; --soft: #a3adba;
    --strategy: #74a7ff; --area: #74a7ff33; --benchmark: #e0aa57; --up: #5fcb94; --down: #ff8d83;
    --winning: #3d9b6d; --losing: #c9594f; --warn: #ffd58a; --warn-page: #3a2a0b; --warn-edge: #d99a1c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.5rem; }
a { color: var(--strategy); }
:focus-visible { outline: 2px solid var(--strategy); outline-offset: 2px; }
code { font: 0.875em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
h1 { margin: 0; font-size: 2.25rem; line-height: 1.15; letter-spacing: -0.02em; text-wrap: balance; }
h2 { margin: 0 0 1rem; font-size: 1.3rem; line-height: 1.3; letter-spacing: -0.01em; }
h3 { margin: 0 0 0.5rem; font-size: 1rem; }
section { margin: 3rem 0; scroll-margin-top: 1rem; }
.eyebrow { margin: 0 0 0.25rem; color: var(--soft); font-size: 0.8rem; font-weight: 600; letter-spacing: 0.08em; text-transform: uppercase; }
.parameters { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 0.5rem; margin: 0.75rem 0 1.25rem; color: var(--soft); }
.parameters span { padding: 0.05rem 0.6rem; border: 1px solid var(--edge); border-radius: 1rem; color: var(--ink); font-size: 0.875rem; }
.data { margin: 0 0 1.5rem; padding: 0.6rem 0.9rem; border-left: 4px solid var(--edge); border-radius: 4px; background: var(--panel); font-size: 0.925rem; }
.data.simulated { border: 2px solid var(--warn-edge); border-left-width: 8px; background: var(--warn-page); color: var(--warn); font-size: 1.05rem; }
dl, dd, figure { margin: 0; }
dt { color: var(--soft); font-size: 0.8rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(12.5rem, 1fr)); gap: 0.75rem 1.5rem; font-size: 0.925rem; font-variant-numeric: tabular-nums; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; margin: 1.75rem 0 0; padding: 0.75rem 0; border: solid var(--edge); border-width: 1px 0; list-style: none; font-size: 0.875rem; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
.cards { display: grid; grid-template-columns: repeat(12, 1fr); gap: 0.75rem; font-variant-numeric: tabular-nums; }
.card { grid-column: span 3; padding: 0.8rem 1rem; border: 1px solid var(--edge); border-radius: 8px; background: var(--panel); }
.card.lead { grid-column: span 6; }
.card:nth-child(n + 7) { grid-column: span 4; }
.value { font-size: 1.5rem; font-weight: 600; line-height: 1.35; letter-spacing: -0.01em; }
.lead .value { font-size: 2.25rem; line-height: 1.2; }
.value b { font-weight: inherit; }
.beside, .note, .reason, figcaption, .empty { color: var(--soft); font-size: 0.85rem; }
.beside:empty { display: none; }
.note { margin: 0.75rem 0 0; }
.note:has(+ .scroller) { margin: 0 0 0.75rem; }
.up { color: var(--up); }
.down { color: var(--down); }
figure { padding: 1rem 1.25rem; border: 1px solid var(--edge); border-radius: 8px; }
figcaption { margin-top: 0.5rem; }
figure + .facts { margin-top: 1.25rem; }
.chart { display: block; width: calc(100% - 3.75rem); height: 20rem; margin: 0.75rem 0.5rem 2rem 3.25rem; overflow: visible; font-size: 0.75rem; font-variant-numeric: tabular-nums; }
.low .chart { height: 12rem; }
.grid { stroke: var(--edge); stroke-width: 1; }
.chart text { fill: var(--soft); }
.y-label { text-anchor: end; }
.x-label { text-anchor: middle; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.line.strategy { stroke: var(--strategy); }
.line.benchmark { stroke: var(--benchmark); stroke-width: 1.5; stroke-dasharray: 5 2; }
.area { fill: var(--area); }
.mark { fill: var(--page); stroke: var(--strategy); stroke-width: 2; }
.chart .mark-label { fill: var(--ink); font-weight: 600; paint-order: stroke; stroke: var(--page); stroke-width: 4; stroke-linejoin: round; }
.before { text-anchor: end; }
.winning { fill: var(--winning); }
.losing { fill: var(--losing); }
.mixed { fill: var(--soft); }
.stroke { fill: none; stroke: var(--ink); stroke-width: 2; }
.stroke.median { stroke-dasharray: 4 3; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0; padding: 0; list-style: none; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.key { width: 28px; height: 8px; margin-right: 0.5rem; vertical-align: middle; }
.scroller { max-width: 100%; overflow: auto; border: 1px solid var(--edge); border-radius: 8px; }
.scroller:has(.stocks) { max-height: 36rem; }
table { width: 100%; border-collapse: separate; border-spacing: 0; font-size: 0.85rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
table.narrow { max-width: 40rem; }
.scroller:has(.narrow) { width: fit-content; min-width: min(100%, 40rem); }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { padding: 0.35rem 0.75rem; border-bottom: 1px solid var(--edge); text-align: right; white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { position: sticky; top: 0; z-index: 1; background: var(--panel); color: var(--soft); font-weight: 600; vertical-align: bottom; white-space: normal; }
tbody th { position: sticky; left: 0; background: var(--page); font-weight: 600; }
tbody th, th.text, td.text { text-align: left; }
th.bar, td.bar { width: 20%; min-width: 8rem; text-align: left; }
td b { font-weight: inherit; }
tbody tr:hover > * { background: var(--panel); }
.wrapping td.text { min-width: 9rem; white-space: normal; }
.narrow tbody > tr > * { white-space: normal; }
time { white-space: nowrap; }
svg.bar { display: block; width: 100%; height: 0.7rem; }
.zero { fill: none; stroke: var(--soft); stroke-width: 1; vector-effect: non-scaling-stroke; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: 1.5rem; }
.pair > * { min-width: 0; }
.pair th, .pair td { padding-inline: 0.5rem; }
.prose { max-width: 46rem; margin: 0; }
ul.prose { padding-left: 1.2rem; }
ul.prose li { margin: 0.35rem 0; }
.caveats li::marker { color: var(--warn-edge); }
.glossary { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem 2rem; margin-top: 1.25rem; font-size: 0.9rem; }
.glossary dt { color: var(--ink); font-weight: 600; font-size: inherit; }
.glossary code { display: block; color: var(--soft); }
footer { padding-block: 1.5rem 3rem; color: var(--soft); font-size: 0.85rem; }
@media screen and (max-width: 48rem) {
  header, main, footer { padding-inline: 1rem; }
  header { padding-top: 1.5rem; }
  h1 { font-size: 1.75rem; }
  section { margin: 2.25rem 0; }
  .card, .card:nth-child(n + 7) { grid-column: span 6; }
  .card.lead, .card:last-child { grid-column: span 12; }
  .facts { grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); }
  figure { padding: 0.75rem; }
  .chart { height: 14rem; }
  .low .chart { height: 10rem; }
  .second { display: none; }
  th, td { padding-inline: 0.55rem; }
}
@media print {
  @page { margin: 14mm; }
  :root { font-size: 11px; color-scheme: light; }
  header, main, footer { max-width: none; padding-inline: 0; }
  nav { display: none; }
  section { margin: 1.75rem 0; }
  h2, h3 { break-after: avoid; }
  figure, .card, tr, li, .glossary > div { break-inside: avoid; }
  .scroller, .scroller:has(.stocks) { max-height: none; overflow: visible; border: 0; }
  thead th, tbody th { position: static; }
  .stocks { font-size: 7px; }
  .stocks th, .stocks td { padding: 1px 3px; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
</style>`;
