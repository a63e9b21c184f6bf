import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.ts';

const PATHS = ['nginx', '/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'];

/** The nginx of this machine; `null` when there is none. */
export function findNginx(): string | null {
  return PATHS.find((path) => spawnSync(path, ['-v']).status === 0) ?? null;
}

export interface NginxOptions {
  readonly binary: string;
  /** For everything it writes. */
  readonly folder: string;
  /** Port of this machine that it stands in front of. */
  readonly targetPort: number;
}

export interface Nginx {
  /** Unix socket on which it passes everything on as it does by default. */
  readonly socketPath: string;
  /** The same, but deaf to what the answer says about buffering. */
  readonly deafSocketPath: string;
  close(): Promise<void>;
}

/** A reverse proxy with the settings nginx has by itself. Needs no rights. */
export async function startNginx({ binary, folder, targetPort }: NginxOptions): Promise<Nginx> {
  const [socketPath, deafSocketPath] = [join(folder, 'nginx.sock'), join(folder, 'deaf.sock')];
  const pass = `proxy_pass http://127.0.0.1:${targetPort};`;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  const config = `daemon off; master_process off; pid ${join(folder, 'nginx.pid')};
events {}
http {
  access_log off; ${temporary.join(' ')}
  server { listen unix:${socketPath}; location / { ${pass} } }
  server { listen unix:${deafSocketPath}; location / { ${pass} proxy_ignore_headers X-Accel-Buffering; } }
}`;
  const configPath = join(folder, 'nginx.conf');
  writeFileSync(configPath, config);
  const nginx = spawn(binary, ['-e', 'stderr', '-c', configPath], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  nginx.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<void>((resolve) => nginx.once('close', () => resolve()));
  await eventually(() => {
    if (!existsSync(socketPath) || !existsSync(deafSocketPath))
      throw new Error(`nginx does not start: ${errors}`);
  });
  return { socketPath, deafSocketPath, close: () => stop(nginx, ended) };
}

async function stop(nginx: ChildProcess, ended: Promise<void>): Promise<void> {
  nginx.kill('SIGTERM');
  await ended;
}
