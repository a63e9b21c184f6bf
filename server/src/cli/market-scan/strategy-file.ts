import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ScannerError, strategyIdSchema } from '@fast-scanner/shared';
import type { Strategy } from '../../analysis/backtest/strategy.ts';
import { loadStrategies } from '../../scanners/market-scan/strategy-book.ts';
import { compileStrategy } from './compile-strategy.ts';

/** A strategy of the user's own. */
export interface StrategyFile {
  /** What the user wrote, absolute. */
  readonly source: string;
  /** What threads load: JavaScript. */
  readonly module: string;
  readonly strategy: Strategy;
}

/** Whether it names a file, not one of the strategies there are. */
export function isStrategyFile(text: string): boolean {
  return /[\\/]/.test(text) || /\.[cm]?[jt]s$/.test(text);
}

/**
 * Does `work` with the strategy that a file exports, JavaScript or TypeScript. The file's code runs, with all rights of the user.
 * @throws ScannerError `invalid_input` when it is not there, cannot be loaded or holds no strategy; what `work` throws
 */
export async function withStrategyFile<Result>(
  name: string,
  folder: string,
  work: (file: StrategyFile) => Promise<Result>,
): Promise<Result> {
  const source = resolve(folder, name);
  await access(source).catch(() => {
    throw new ScannerError('invalid_input', `there is no strategy file ${source}`);
  });
  const workshop = await mkdtemp(join(tmpdir(), 'fast-scanner-strategy-'));
  try {
    const module = await compileStrategy(source, workshop);
    return await work({ source, module, strategy: await loadStrategy(source, module) });
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function loadStrategy(source: string, module: string): Promise<Strategy> {
  const [strategy] = await loadStrategies([module]).catch((error: unknown) => {
    if (!(error instanceof ScannerError)) throw error;
    const detail = error.message.replaceAll(module, source);
    throw new ScannerError('invalid_input', detail.startsWith(source) ? detail : `${source}: ${detail}`);
  });
  if (strategy === undefined) throw new ScannerError('invalid_input', `${source} holds no strategy`);
  if (strategyIdSchema.safeParse(strategy.id).success) return strategy;
  const detail = `${source}: the id "${strategy.id}" must be made of a to z, 0 to 9 and _, at most 64 of them`;
  throw new ScannerError('invalid_input', detail);
}
