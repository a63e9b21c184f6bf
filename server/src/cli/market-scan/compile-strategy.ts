import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ScannerError } from '@fast-scanner/shared';
import type { BuildFailure } from 'esbuild';

/**
 * The strategy of a file as JavaScript that runs wherever it lies: TypeScript with all it imports becomes one module in `folder`, JavaScript
 * stays where it is. Types are not checked.
 * @throws ScannerError `invalid_input` with the place of the first mistake
 */
export async function compileStrategy(source: string, folder: string): Promise<string> {
  if (!/\.[cm]?ts$/.test(source)) return source;
  const outfile = join(folder, 'strategy.mjs');
  const { build } = await import('esbuild').catch(() => {
    const detail = `${source} is TypeScript, which needs the package esbuild; it is not installed here, so give a .js file`;
    throw new ScannerError('invalid_input', detail);
  });
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    sourcesContent: false,
    sourceRoot: pathToFileURL(source).href,
    tsconfigRaw: '{}', // the settings around the file are not about this
    logLevel: 'silent',
  }).catch((error: unknown) => {
    throw isBuildFailure(error) ? toInputError(error, source) : error;
  });
  return outfile;
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function toInputError({ errors }: BuildFailure, source: string): ScannerError {
  const [first] = errors;
  const place = first?.location ? `:${first.location.line}:${first.location.column + 1}` : '';
  return new ScannerError(
    'invalid_input',
    `${source}${place} cannot be compiled: ${first?.text ?? 'unknown'}`,
  );
}
