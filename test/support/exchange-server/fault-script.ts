import type { Fault, FaultRule } from './fault.ts';
import { seededRandom } from './seeded-random.ts';

/** What of a request a rule looks at. */
export interface ScriptedRequest {
  readonly path: string;
  readonly symbol: string | null;
}

interface ActiveRule {
  readonly rule: FaultRule;
  readonly random: () => number;
  seen: number;
  hits: number;
}

/** The faults a server is told to show. */
export class FaultScript {
  #rules: ActiveRule[] = [];

  /** Adds a rule behind the ones there; answers how to take it away again. */
  add(rule: FaultRule): () => void {
    const active: ActiveRule = { rule, random: seededRandom(rule.seed ?? 1), seen: 0, hits: 0 };
    this.#rules.push(active);
    return () => {
      this.#rules = this.#rules.filter((other) => other !== active);
    };
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault a request meets; `null` for none. */
  faultFor(request: ScriptedRequest): Fault | null {
    for (const active of this.#rules) {
      if (matches(active.rule, request) && takesTurn(active)) return active.rule.fault;
    }
    return null;
  }
}

function matches(rule: FaultRule, request: ScriptedRequest): boolean {
  return (
    (rule.path === undefined || rule.path === request.path) &&
    (rule.symbol === undefined || rule.symbol === request.symbol)
  );
}

function takesTurn(active: ActiveRule): boolean {
  const { after = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = active.rule;
  active.seen += 1;
  if (active.seen <= after || active.hits >= times || active.random() >= probability) return false;
  active.hits += 1;
  return true;
}
