import type { AlertRule, AlertVerdict, ScanResult } from '@fast-scanner/shared';
import { readCondition } from './alert-conditions.ts';
import type { AlertMemory } from './alert-memory.ts';
import type { ScanPair } from './scan-pairs.ts';

/** A verdict with the result of the later scan it is about; `null` when the rule does not watch these scans. */
export interface JudgedAlert {
  readonly verdict: AlertVerdict;
  readonly rule: AlertRule;
  readonly result: ScanResult | null;
}

/** What each rule makes of each symbol it watches, in the order of the later scan. A symbol seen for the first time fires nothing. */
export function judgeAlerts(
  rules: readonly AlertRule[],
  { before, after }: Pick<ScanPair, 'before' | 'after'>,
  memory: Pick<AlertMemory, 'quietReason'>,
): JudgedAlert[] {
  const earlier = new Map(before.map((result) => [result.symbol, result]));
  const judge =
    (rule: AlertRule) =>
    (result: ScanResult): JudgedAlert => {
      const verdict = judgeSymbol(rule, { before: earlier.get(result.symbol), after: result }, memory);
      return { verdict, rule, result };
    };
  return rules.flatMap((rule) => {
    const watched = after.filter((result) => isWatched(rule, result));
    return watched.length > 0 ? watched.map(judge(rule)) : [notWatched(rule)];
  });
}

function judgeSymbol(
  rule: AlertRule,
  { before, after }: { readonly before: ScanResult | undefined; readonly after: ScanResult },
  memory: Pick<AlertMemory, 'quietReason'>,
): AlertVerdict {
  const about = { ruleId: rule.id, change: rule.change, symbol: after.symbol };
  if (!before) {
    const detail = 'seen for the first time: there is nothing to compare it with';
    return { ...about, outcome: 'no_data', from: null, to: null, delta: null, detail };
  }
  const reading = readCondition(rule, before, after);
  const quiet = reading.outcome === 'fires' ? memory.quietReason(rule, after) : null;
  if (!quiet) return { ...about, ...reading };
  return { ...about, ...reading, outcome: quiet.outcome, detail: `${reading.detail}; ${quiet.detail}` };
}

function isWatched({ enabled, symbols, exchange, timeframe }: AlertRule, result: ScanResult): boolean {
  return (
    enabled &&
    (symbols === null || symbols.includes(result.symbol)) &&
    (exchange === null || exchange === result.exchange) &&
    (timeframe === null || timeframe === result.timeframe)
  );
}

function notWatched(rule: AlertRule): JudgedAlert {
  const detail = rule.enabled ? 'watches none of these symbols' : 'is switched off';
  const verdict: AlertVerdict = {
    ruleId: rule.id,
    change: rule.change,
    symbol: null,
    outcome: 'not_watched',
    from: null,
    to: null,
    delta: null,
    detail,
  };
  return { verdict, rule, result: null };
}
