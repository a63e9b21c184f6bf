import type { ModelEntry, TrainedModel } from '@fast-scanner/shared';
import { capitalise } from '../capitalise.ts';
import { formatMinute, formatNumber, formatShare, NO_VALUE } from '../format-cells.ts';
import type { Paint, Tone } from '../palette.ts';
import { type Column, renderTable } from '../render-table.ts';

const STATUS_TONES: Readonly<Record<ModelEntry['status'], Tone>> = {
  waiting: 'quiet',
  training: 'plain',
  ready: 'good',
  failed: 'bad',
};

const COLUMNS: readonly Column<ModelEntry>[] = [
  { title: 'Exchange', align: 'left', text: ({ exchange }) => exchange },
  { title: 'Candles', align: 'left', text: ({ timeframe }) => timeframe },
  {
    title: 'Status',
    align: 'left',
    text: ({ status }) => status,
    tone: ({ status }) => STATUS_TONES[status],
  },
  ofModel('Data from', 'left', ({ from }) => formatMinute(from)),
  ofModel('to', 'left', ({ candleCloseTime }) => formatMinute(candleCloseTime)),
  ofModel('Symbols', 'right', ({ symbols }) => String(symbols.length)),
  ofModel('Samples', 'right', ({ samples }) => samples.toLocaleString('en-US')),
  ofModel('Brier', 'right', ({ brier }) => formatNumber(brier, 5)),
  ofModel('Base rate', 'right', ({ baselineBrier }) => formatNumber(baselineBrier, 5)),
  ofModel('Skill', 'right', ({ brierSkill }) => formatShare(brierSkill, 2)),
  ofModel('AUC', 'right', ({ auc }) => formatNumber(auc, 3)),
  ofModel('Edge', 'left', ({ edge }) => (edge ? 'yes' : 'no')),
];

function ofModel(
  title: string,
  align: Column<ModelEntry>['align'],
  text: (model: TrainedModel) => string,
): Column<ModelEntry> {
  return { title, align, text: ({ model }) => (model ? text(model) : NO_VALUE) };
}

/** The models as a table, and below it what each comes to in words. */
export function renderModels(models: readonly ModelEntry[], paint: Paint): string {
  return `${renderTable(COLUMNS, models, paint)}${models.map(sayModel).join('')}`;
}

function sayModel({ exchange, timeframe, model, reason }: ModelEntry): string {
  const name = `${exchange} ${timeframe}`;
  const judged = model ? [`${name}: ${model.verdict}. ${capitalise(model.choice)}.`] : [];
  const said = reason === null ? [] : [`${name}: ${reason}.`];
  return [...judged, ...said].map((line) => `${line}\n`).join('');
}
