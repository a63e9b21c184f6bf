import { type DataKind, type ExchangeInfo, type ExchangeStatus, toIsoTime } from '@fast-scanner/shared';
import type { Config } from '../config.ts';
import { exchangeName } from '../market-data/exchange-names.ts';
import type { Governor } from '../market-data/governor/create-governor.ts';
import { describeState, type GovernorState } from '../market-data/governor/governor-state.ts';
import { requestBudgetOf } from '../market-data/governor/request-budgets.ts';

export interface DescribeExchangeOptions {
  readonly config: Pick<Config, 'exchangeOptions' | 'filesDir'>;
  /** Of the live exchanges that were opened. */
  readonly governors: ReadonlyMap<string, Pick<Governor, 'state'>>;
  readonly nowMs: number;
}

type Health = ExchangeInfo['health'];

const STATUS: Readonly<Record<GovernorState['status'], ExchangeStatus>> = {
  ok: 'ok',
  rate_limited: 'rate_limited',
  banned: 'banned',
  maintenance: 'maintenance',
  open: 'failing',
};

/** What there is to say of an exchange without asking it. */
export function describeExchange(
  id: string,
  options: DescribeExchangeOptions,
): Omit<ExchangeInfo, 'default'> {
  const state = options.governors.get(id)?.state() ?? null;
  const kind = kindOf(id);
  return {
    id,
    name: exchangeName(id),
    kind,
    health: kind === 'live' ? liveHealth(state, options.nowMs) : localHealth(id, options.config),
    budget: kind === 'live' ? budgetOf(id, state, options.config) : null,
  };
}

function kindOf(id: string): DataKind {
  if (id === 'demo') return 'simulated';
  return id === 'files' ? 'recorded' : 'live';
}

function liveHealth(state: GovernorState | null, nowMs: number): Health {
  if (state === null) return healthy('unused', 'not asked yet');
  const blocked = describeState(state, nowMs);
  if (blocked === null) return healthy('ok', 'ready');
  const resumesAt = state.resumesAt === null ? null : toIsoTime(state.resumesAt);
  return { status: STATUS[state.status], detail: blocked.detail, resumesAt };
}

function localHealth(id: string, { filesDir }: DescribeExchangeOptions['config']): Health {
  if (id === 'files' && filesDir === null) return healthy('unconfigured', 'needs FILES_DIR');
  return healthy('ok', 'ready');
}

function healthy(status: ExchangeStatus, detail: string): Health {
  return { status, detail, resumesAt: null };
}

function budgetOf(
  id: string,
  state: GovernorState | null,
  { exchangeOptions }: DescribeExchangeOptions['config'],
): ExchangeInfo['budget'] {
  const maxRequestsPerSecond = requestBudgetOf(id, exchangeOptions[id]?.['maxRequestsPerSecond']);
  return { requestsPerSecond: state?.requestsPerSecond ?? maxRequestsPerSecond, maxRequestsPerSecond };
}
