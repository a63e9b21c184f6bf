import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { ScannerClient } from '@fast-scanner/client';
import { ScannerError } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import type { OutputOptions } from './market-scan-options.ts';

/** Where to write what; absolute paths, `null` for what nobody asked for. */
export interface Outputs {
  readonly report: string | null;
  readonly csv: string | null;
}

/** Finds out before the work whether its results can be written. @throws ScannerError `invalid_input`, which names the option */
export async function planOutputs({ report, csv }: OutputOptions, folder: string): Promise<Outputs> {
  const outputs = {
    report: report === undefined ? null : await requireFile(resolve(folder, report), '--report'),
    csv: csv === undefined ? null : await requireFile(resolve(folder, csv), '--csv'),
  };
  if (outputs.report === null || outputs.report !== outputs.csv) return outputs;
  throw new ScannerError('invalid_input', '--report and --csv name the same file');
}

/** Writes the files that were asked for and says where they are. @throws ScannerApiError; a system error when a disk refuses */
export async function writeOutputs(
  { report, csv }: Outputs,
  { client, jobId }: { readonly client: ScannerClient; readonly jobId: string },
  { stderr }: CliContext,
): Promise<void> {
  if (report !== null) {
    await replaceFile(report, await client.marketScans.report(jobId));
    stderr.write(`Report: ${report}\n`);
  }
  if (csv !== null) {
    await replaceFile(csv, await client.marketScans.resultCsv(jobId));
    stderr.write(`CSV: ${csv}\n`);
  }
}

async function requireFile(path: string, option: string): Promise<string> {
  if (await isFolder(path))
    throw new ScannerError('invalid_input', `${option}: ${path} is a folder; name a file`);
  const folder = dirname(path);
  if (await isFolder(folder)) return path;
  throw new ScannerError('invalid_input', `${option}: there is no folder ${folder}; create it first`);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

/** Whoever reads the file sees the old text or the new one, never a part. */
async function replaceFile(path: string, text: string): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    await writeFile(unfinished, text, { flag: 'wx' });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
