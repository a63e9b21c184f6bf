import { pathToFileURL } from 'node:url';
import { ScannerError, type StrategiesResponse } from '@fast-scanner/shared';
import { assertStrategy } from '../../analysis/backtest/assert-strategy.ts';
import type { Strategy } from '../../analysis/backtest/strategy.ts';
import { STRATEGIES } from '../../analysis/backtest/strategy-registry.ts';

/** The strategies that can be asked for: the product's own, and those of the files its operator named. */
export class StrategyBook {
  readonly #strategies: ReadonlyMap<string, Strategy>;

  constructor(own: readonly Strategy[] = []) {
    this.#strategies = new Map([...STRATEGIES, ...own].map((strategy) => [strategy.id, strategy]));
  }

  /** @throws ScannerError `not_found` that lists the ids there are */
  find(id: string): Strategy {
    const strategy = this.#strategies.get(id);
    if (strategy) return strategy;
    const known = [...this.#strategies.keys()].join(', ');
    throw new ScannerError('not_found', `there is no strategy "${id}"; there are: ${known}`);
  }

  describe(): StrategiesResponse {
    const strategies = [...this.#strategies.values()].map(({ id, title, description, parameters }) => ({
      id,
      title,
      description,
      parameters: parameters.map(({ step = 1, ...parameter }) => ({ ...parameter, step })),
    }));
    return { success: true, strategies };
  }
}

/**
 * The strategies of an operator's own files: each exports one as `strategy`. They run with all rights of the process, so the
 * paths come from the command line, never from a request.
 * @throws ScannerError `invalid_input` when a file cannot be loaded or holds no strategy
 */
export async function loadStrategies(files: readonly string[]): Promise<Strategy[]> {
  return Promise.all(files.map(loadStrategy));
}

async function loadStrategy(file: string): Promise<Strategy> {
  const module = await import(pathToFileURL(file).href).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new ScannerError('invalid_input', `${file} cannot be loaded: ${why}`, { cause: error });
  });
  const { strategy } = module as { readonly strategy?: unknown }; // what the file exports is checked below
  if (strategy === undefined) throw new ScannerError('invalid_input', `${file} exports no "strategy"`);
  assertStrategy(strategy);
  return strategy;
}
