import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ScannerError, strategyIdSchema } from '@fast-scanner/shared';
import type { Strategy } from '../../analysis/backtest/strategy.ts';
import { loadStrategies } from '../../scanners/market-scan/strategy-book.ts';

const TYPESCRIPT = /\.[cm]?ts$/;

/** A strategy of the user's own. */
export interface StrategyFile {
  /** Absolute. */
  readonly path: string;
  readonly strategy: Strategy;
}

/** Whether it names a file, not one of the strategies there are. */
export function isStrategyFile(text: string): boolean {
  return /[\\/]/.test(text) || /\.[cm]?[jt]s$/.test(text);
}

/**
 * The strategy that a file exports. The file's code runs, with all rights of the user.
 * @throws ScannerError `invalid_input` when it is not there, cannot be loaded or holds no strategy
 */
export async function loadStrategyFile(name: string, folder: string): Promise<StrategyFile> {
  const path = resolve(folder, name);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) throw new ScannerError('invalid_input', `there is no strategy file ${path}`);
  if (TYPESCRIPT.test(path)) await understandTypeScript(path);
  const [strategy] = await loadStrategies([path]).catch((error: unknown) => {
    throw error instanceof ScannerError ? nameFile(error, path) : error;
  });
  if (strategy === undefined) throw new ScannerError('invalid_input', `${path} holds no strategy`);
  requireId(strategy, path);
  return { path, strategy };
}

function nameFile({ code, message, errors }: ScannerError, path: string): ScannerError {
  return new ScannerError(code, message.includes(path) ? message : `${path}: ${message}`, { errors });
}

function requireId({ id }: Strategy, path: string): void {
  if (strategyIdSchema.safeParse(id).success) return;
  const detail = `${path}: the id "${id}" must be made of a to z, 0 to 9 and _, at most 64 of them`;
  throw new ScannerError('invalid_input', detail);
}

/** From source this process runs TypeScript already; the bundle has to be taught. */
async function understandTypeScript(path: string): Promise<void> {
  if (import.meta.url.endsWith('.ts')) return;
  const tsx = await import('tsx/esm/api').catch(() => {
    const detail = `${path} is TypeScript, which needs the package tsx; it is not installed here, so give a .js file`;
    throw new ScannerError('invalid_input', detail);
  });
  tsx.register();
}
