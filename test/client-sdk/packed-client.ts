import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What an application installs beside the client. */
const NEIGHBOURS = ['socket.io-client', 'react', '@types/react', 'csstype'];

/** What those who check packages say. */
interface Findings {
  readonly messages: readonly unknown[];
  readonly problems: readonly unknown[];
  readonly types: unknown;
  readonly entrypoints: readonly string[];
}

export interface PackedClient {
  readonly findings: Findings;
  /** A project of somebody else that has the package installed. */
  readonly project: string;
  /** Writes a file of the project. */
  write(name: string, text: string): void;
  /** Runs a program in the project; answers what it says. */
  run(program: string, ...args: readonly string[]): Promise<string>;
  /** The text of a file of the package. */
  read(name: string): string;
}

/** Builds, packs and installs the package as its users get it, in an empty folder. */
export async function installPackedClient(folder: string): Promise<PackedClient> {
  const { stdout } = await run(process.execPath, ['test/client-sdk/pack-client.mjs', folder]);
  const { filename, ...findings } = JSON.parse(stdout);
  const project = join(folder, 'project');
  const target = join(project, 'node_modules/@fast-scanner/client');
  mkdirSync(target, { recursive: true });
  await run('tar', ['-xzf', join(folder, filename), '-C', target, '--strip-components', '1']);
  for (const name of NEIGHBOURS) link(name, join(project, 'node_modules', name));
  return {
    findings,
    project,
    write: (name, text) => {
      mkdirSync(dirname(join(project, name)), { recursive: true });
      writeFileSync(join(project, name), text);
    },
    run: async (program, ...args) => {
      const { stdout: said } = await run(process.execPath, [resolve(program), ...args], { cwd: project });
      return said;
    },
    read: (name) => readFileSync(join(target, name), 'utf8'),
  };
}

function link(name: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(resolve('node_modules', name), path, 'junction');
}
