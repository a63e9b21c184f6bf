import type { RejectionReason } from '@fast-scanner/client';

interface ReasonText {
  readonly label: string;
  readonly help: string;
}

/** The reasons for which a symbol is no signal, in words. */
export const REASON_TEXTS: Readonly<Record<RejectionReason, ReasonText>> = {
  low_confluence: { label: 'Score too low', help: 'The score stayed below the minimum of the run.' },
  no_data: { label: 'No data', help: 'The exchange gave no candles, or too few of them.' },
  missing_critical_tf: {
    label: 'Critical timeframe missing',
    help: 'A timeframe that the mode cannot do without has too few candles.',
  },
  risk_validation: {
    label: 'Risk too high',
    help: 'There was a plan, but its stop, its reward or the leverage broke a rule.',
  },
  no_trade_plan: { label: 'No trade plan', help: 'No sound stop and target were found.' },
  errors: { label: 'Failed', help: 'Something went wrong: this is no verdict on the symbol.' },
};
