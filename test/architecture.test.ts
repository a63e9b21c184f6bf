import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';

interface SourceFile {
  /** Path from the repository's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const SERVER = 'server/src/';

/** Which files of the server a room may import beside its own, as patterns of their paths in `server/src`. */
const ROOMS: Readonly<Record<string, readonly RegExp[]>> = {
  analysis: [],
  'market-data': [],
  store: [],
  ops: [/^config\.ts$/],
  config: [/^config\.ts$/],
  streams: [/^store\/(store|signal-record)\.ts$/],
  jobs: [/^streams\//, /^store\/(store|signal-record)\.ts$/],
  'scanners/common': [/^(analysis|market-data|jobs|streams)\//, /^store\/(store|signal-record)\.ts$/],
  'scanners/fast-scanner': [
    /^(analysis|market-data|jobs|streams|scanners\/common)\//,
    /^store\/(store|signal-record)\.ts$/,
  ],
  'scanners/scan-runs': [
    /^(analysis|market-data|jobs|streams|scanners\/common)\//,
    /^store\/(store|signal-record)\.ts$/,
  ],
  'scanners/market-scan': [
    /^(analysis|market-data|jobs|streams|scanners\/common)\//,
    /^store\/(store|signal-record)\.ts$/,
  ],
  'scanners/outcomes': [
    /^(analysis|market-data|jobs|streams|scanners\/common)\//,
    /^store\/(store|signal-record)\.ts$/,
  ],
  'scanners/replay': [
    /^(analysis|market-data|jobs|streams|scanners\/common)\//,
    /^store\/(store|signal-record)\.ts$/,
    /^ops\/system-clock\.ts$/,
  ],
  'scanners/models': [/^(analysis|market-data|jobs|streams|scanners\/common)\//, /^store\/store\.ts$/],
  'scanners/continuous': [
    /^(analysis|market-data|jobs|streams|scanners\/common)\//,
    /^store\/(store|signal-record|training\/training-store)\.ts$/,
  ],
  prices: [/^market-data\//, /^analysis\/indicator-lines\.ts$/, /^config\.ts$/],
  webhooks: [
    /^scanners\/fast-scanner\/fast-scanner-service\.ts$/,
    /^scanners\/common\/closed-error\.ts$/,
    /^streams\//,
    /^store\/store\.ts$/,
  ],
  http: [
    /^scanners\/[a-z-]+\/[a-z-]+-service\.ts$/,
    /^prices\/market-service\.ts$/,
    /^webhooks\/webhooks-service\.ts$/,
    /^(streams|ops)\//,
    /^store\/(store|signal-record)\.ts$/,
    /^config\.ts$/,
  ],
  realtime: [
    /^scanners\/[a-z-]+\/[a-z-]+-service\.ts$/,
    /^prices\/market-service\.ts$/,
    /^(streams|ops)\//,
    /^store\/(store|signal-record)\.ts$/,
    /^config\.ts$/,
  ],
  // The wiring knows everything but the windows.
  engine: [/^(?!http\/|realtime\/|cli\/)/],
  cli: [
    /^(app|config|engine)\.ts$/,
    /^config\//,
    /^scanners\/fast-scanner\/scan-run\.ts$/,
    /^scanners\/market-scan\/strategy-book\.ts$/,
    /^scanners\/replay\/(history-replayer|replay-plan|replay-run)\.ts$/,
    /^analysis\/backtest\/strategy\.ts$/,
    // `export` reads the training data without a server, beside one that writes them.
    /^store\/training\/(open-training-store|training-store|training-file|symbol-file-name)\.ts$/,
    /^ops\/system-clock\.ts$/,
  ],
};

/** The only folder that knows of a package. */
const HOMES: Readonly<Record<string, string>> = {
  express: 'server/src/http/',
  'socket.io': 'server/src/realtime/',
  ccxt: 'server/src/market-data/ccxt/',
  'yahoo-finance2': 'server/src/market-data/yahoo/',
  '@photostructure/sqlite': 'server/src/store/',
  hyparquet: 'server/src/store/',
  'hyparquet-writer': 'server/src/store/',
  technicalindicators: 'server/src/analysis/',
  piscina: 'server/src/scanners/common/',
  commander: 'server/src/cli/',
  'cli-progress': 'server/src/cli/',
  'cli-table3': 'server/src/cli/',
  pino: 'server/src/ops/',
  'ipaddr.js': 'server/src/webhooks/',
  'socket.io-client': 'client-sdk/src/',
};

const MOST_LINES = 400;

const sources = ['shared/src', 'server/src', 'client-sdk/src', 'web/src'].flatMap(readSources);

function readSources(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => {
      const path = `${folder}/${name.split(sep).join('/')}`;
      const text = readFileSync(path, 'utf8');
      const imports = [...text.matchAll(/(?:\bfrom|\bimport\(?)\s*'([^']+)'/g)].map(
        ([, specifier = '']) => specifier,
      );
      return { path, text, imports };
    });
}

/** Every import of the files, as a line that says who imports what, when it breaks the rule. */
function offences(
  files: readonly SourceFile[],
  isAllowed: (specifier: string, file: SourceFile) => boolean,
): readonly string[] {
  return files.flatMap((file) =>
    file.imports
      .filter((specifier) => !isAllowed(specifier, file))
      .map((specifier) => `${file.path} imports ${specifier}`),
  );
}

function inServer(room: string): SourceFile[] {
  return sources.filter(({ path }) => path.startsWith(`${SERVER}${room}/`));
}

/** The imported file's path in `server/src`; `null` for a package. */
function serverPathOf(specifier: string, { path }: SourceFile): string | null {
  if (!specifier.startsWith('.')) return null;
  return relative(SERVER, normalize(join(dirname(path), specifier)))
    .split(sep)
    .join('/');
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** The files whose text has the pattern. */
function filesWith(pattern: RegExp, files: readonly SourceFile[]): readonly string[] {
  return files.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
}

describe('the architecture', () => {
  for (const [room, allowed] of Object.entries(ROOMS)) {
    it(`lets ${room} know only the rooms on its left`, () => {
      const files = inServer(room);
      assert.notEqual(files.length, 0, 'the room is empty');
      const own = `${room}/`;
      const found = offences(files, (specifier, file) => {
        const target = serverPathOf(specifier, file);
        if (target === null || target === '../package.json' || target.startsWith(own)) return true;
        return allowed.some((pattern) => pattern.test(target));
      });
      assert.deepEqual(found, []);
    });
  }

  it('has no room of the server that this test does not know', () => {
    const rooms = Object.keys(ROOMS);
    const files = sources.filter(
      ({ path }) => path.startsWith(SERVER) && path.slice(SERVER.length).includes('/'),
    );
    const unknown = files.filter(({ path }) => !rooms.some((room) => path.startsWith(`${SERVER}${room}/`)));
    assert.deepEqual(
      unknown.map(({ path }) => path),
      [],
    );
  });

  it('lets the command line alone know of the client in the server', () => {
    const server = sources.filter(({ path }) => path.startsWith(SERVER));
    const found = offences(server, (specifier, { path }) => {
      return !specifier.startsWith('@fast-scanner/client') || path.startsWith(`${SERVER}cli/`);
    });
    assert.deepEqual(found, []);
  });

  it('keeps each package in one room', () => {
    const isType = (specifier: string, { text }: SourceFile) =>
      text.match(new RegExp(`import type [^;]*'${specifier}'`)) !== null;
    const found = offences(sources, (specifier, file) => {
      const home = HOMES[packageOf(specifier)];
      return home === undefined || file.path.startsWith(home) || isType(specifier, file);
    });
    assert.deepEqual(found, []);
  });

  it('gives shared one package and the client two', () => {
    const only = (folder: string, packages: readonly string[]) =>
      offences(
        sources.filter(({ path }) => path.startsWith(folder)),
        (specifier) =>
          specifier.startsWith('./') || specifier.startsWith('../') || packages.includes(specifier),
      );
    assert.deepEqual(only('shared/src', ['zod']), []);
    const react = 'client-sdk/src/react';
    const core = offences(
      sources.filter(({ path }) => path.startsWith('client-sdk/src') && !path.startsWith(react)),
      (specifier) =>
        specifier.startsWith('.') || ['@fast-scanner/shared', 'socket.io-client'].includes(specifier),
    );
    assert.deepEqual(core, [], 'the core knows of no framework');
    assert.deepEqual(only(react, ['@fast-scanner/shared', 'react']), []);
  });

  it('lets the dashboard ask through the client alone', () => {
    const web = sources.filter(({ path }) => path.startsWith('web/'));
    const isOwn = (specifier: string) => specifier.startsWith('@fast-scanner/');
    const isClient = (specifier: string) =>
      ['@fast-scanner/client', '@fast-scanner/client/react'].includes(specifier);
    assert.deepEqual(
      offences(web, (specifier) => !isOwn(specifier) || isClient(specifier)),
      [],
    );
    assert.deepEqual(filesWith(/\bfetch\(|new EventSource|new WebSocket|socket\.io/, web), []);
  });

  it('keeps analysis pure: no clock, no chance, no input or output', () => {
    assert.deepEqual(
      filesWith(/Date\.now|Math\.random|new Date\(\)|performance\.now/, inServer('analysis')),
      [],
    );
    const isPure = (specifier: string) =>
      specifier.startsWith('.') || ['@fast-scanner/shared', 'technicalindicators'].includes(specifier);
    assert.deepEqual(offences(inServer('analysis'), isPure), []);
  });

  it('leaves the process to main.ts, cli.ts and cli/', () => {
    const isProcess = ({ path }: SourceFile) => /^server\/src\/(main\.ts|cli\.ts|cli\/)/.test(path);
    const others = sources.filter((file) => !isProcess(file));
    assert.deepEqual(filesWith(/\bprocess\.(env|argv|exit|on|once)\b/, others), []);
  });

  it('writes relative imports with their extension and never leaves a package by them', () => {
    const found = offences(sources, (specifier, { path }) => {
      if (!specifier.startsWith('.')) return true;
      const target = normalize(join(dirname(path), specifier))
        .split(sep)
        .join('/');
      const [home = ''] = path.split('/');
      return /\.(tsx?|json|css|js|svg)$/.test(specifier) && target.startsWith(`${home}/`);
    });
    assert.deepEqual(found, []);
  });

  it('has small files', () => {
    const lengths = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length }));
    assert.deepEqual(
      lengths.filter(({ lines }) => lines > MOST_LINES),
      [],
    );
    const ofNineTenths =
      lengths.map(({ lines }) => lines).sort((a, b) => a - b)[Math.floor(lengths.length * 0.9)] ?? 0;
    assert.ok(ofNineTenths <= 250, `90 % of the files have up to ${ofNineTenths} lines`);
  });
});
