import { Counter } from 'prom-client';
import type { Metrics } from '../ops/metrics.ts';
import type { OutcomesService } from '../scanners/outcomes/outcomes-service.ts';

/** Shows how many outcomes of signals were found. */
export function showOutcomes(outcomes: OutcomesService, { registry }: Metrics): void {
  new Counter({
    name: 'fast_scanner_outcomes_total',
    help: 'Signals whose outcome was found',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(outcomes.settledCounts)) this.inc({ outcome }, count);
    },
  });
}
