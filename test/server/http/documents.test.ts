import assert from 'node:assert/strict';
import { CONTINUOUS_ROUTES } from '@fast-scanner/server/http/routes/continuous-routes.ts';
import { FAST_SCANNER_ROUTES } from '@fast-scanner/server/http/routes/fast-scanner-routes.ts';
import { MARKET_ROUTES } from '@fast-scanner/server/http/routes/market-routes.ts';
import { MARKET_SCAN_ROUTES } from '@fast-scanner/server/http/routes/market-scan-routes.ts';
import { MODEL_ROUTES } from '@fast-scanner/server/http/routes/model-routes.ts';
import { OPERATIONS_ROUTES } from '@fast-scanner/server/http/routes/operations-routes.ts';
import { OUTCOME_ROUTES } from '@fast-scanner/server/http/routes/outcome-routes.ts';
import type { RouteContract } from '@fast-scanner/server/http/routes/route-contract.ts';
import { RUN_ROUTES } from '@fast-scanner/server/http/routes/run-routes.ts';
import { WEBHOOK_ROUTES } from '@fast-scanner/server/http/routes/webhook-routes.ts';
import { CLIENT_EVENT_NAMES } from '@fast-scanner/server/realtime/socket-requests.ts';
import {
  alertEventSchemas,
  continuousEventSchemas,
  ERROR_CODES,
  type ErrorCode,
  isErrorCode,
  marketScanEventSchemas,
  priceEventSchemas,
  runEventSchemas,
  runTopicEventSchemas,
  scanEventSchemas,
  scanTopicEventSchemas,
} from '@fast-scanner/shared';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { rawRequest } from './raw-request.ts';
import { TestWindows } from './test-windows.ts';

interface Operation {
  readonly operationId: string;
  readonly deprecated?: boolean;
  readonly parameters?: readonly { readonly name: string; readonly schema: object }[];
  readonly responses: Record<
    string,
    { readonly description: string; readonly content?: object; readonly headers?: object }
  >;
}

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly webhooks: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, { readonly properties?: Record<string, object> }> };
}

interface AsyncApi {
  readonly asyncapi: string;
  readonly operations: Record<string, { readonly action: 'send' | 'receive' }>;
}

/** An address that the route's pattern matches, with parameters that exist nowhere. */
function exampleOf(path: string): string {
  return path.replace('{symbol}', 'NONE/USDT').replaceAll(/\{\w+\}/g, 'scan_none');
}

describe('the documents', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;
  let openApi: OpenApi;
  let asyncApi: AsyncApi;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
    const load = async (path: string) => JSON.parse((await rawRequest({ port: windows.port, path })).text);
    openApi = await load('/openapi.json');
    asyncApi = await load('/asyncapi.json');
  });
  after(() => windows.close());

  it('describe only routes that the server answers, with exactly the methods it allows', async () => {
    for (const [path, operations] of Object.entries(openApi.paths)) {
      const { headers } = await rawRequest({ port: windows.port, path: exampleOf(path), method: 'OPTIONS' });
      const allowed = (headers['allow'] ?? '')
        .split(', ')
        .filter((method) => !['HEAD', 'OPTIONS'].includes(method));
      const documented = Object.keys(operations).map((method) => method.toUpperCase());
      assert.deepEqual(allowed.sort(), documented.sort(), path);
    }
  });

  it('describe every route that the server binds', () => {
    const tables = [
      FAST_SCANNER_ROUTES,
      WEBHOOK_ROUTES,
      RUN_ROUTES,
      MARKET_SCAN_ROUTES,
      CONTINUOUS_ROUTES,
      MODEL_ROUTES,
      OUTCOME_ROUTES,
      MARKET_ROUTES,
      OPERATIONS_ROUTES,
    ];
    const bound = tables.flatMap((routes): RouteContract[] => Object.values(routes));
    const documented = Object.entries(openApi.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    assert.deepEqual(documented.sort(), bound.map(({ method, path }) => `${method} ${path}`).sort());
    assert.equal(openApi.openapi, '3.1.0');
  });

  it('name the errors of every route by codes of the table, under their status', () => {
    for (const operation of Object.values(openApi.paths).flatMap((operations) => Object.values(operations))) {
      for (const [status, { description, content = {} }] of Object.entries(operation.responses)) {
        if (!('application/problem+json' in content)) continue;
        for (const code of description.split(', ')) {
          assert.ok(isErrorCode(code), `${operation.operationId}: ${code}`);
          assert.equal(ERROR_CODES[code satisfies ErrorCode].status, Number(status));
        }
      }
    }
  });

  it('say what an answer means beside its body: status, headers, deprecation', () => {
    const start = openApi.paths['/api/scanner/runs']?.['post'];
    const successes = Object.keys(start?.responses ?? {}).filter((status) => status < '400');
    assert.deepEqual(successes, ['202']);
    assert.deepEqual(Object.keys(start?.responses['202']?.headers ?? {}), ['Location']);
    const operations = Object.values(openApi.paths).flatMap((path) => Object.values(path));
    const named = (isSo: (operation: Operation) => unknown) =>
      operations.filter(isSo).map(({ operationId }) => operationId);
    assert.deepEqual(
      named(({ deprecated }) => deprecated),
      ['getSignals'],
    );
    assert.deepEqual(
      named(({ responses }) => responses['200']?.headers),
      ['getSignals', 'streamNewMarketScan'],
    );
    assert.deepEqual(
      named(({ parameters = [] }) => parameters.some(({ name }) => name === 'Idempotency-Key')),
      ['quickScan', 'startRun', 'startMarketScan', 'streamNewMarketScan', 'startSweep'],
    );
  });

  it('say of every route that changes something that it is not for everybody, whatever its method', () => {
    for (const operations of Object.values(openApi.paths)) {
      for (const [method, { operationId, responses }] of Object.entries(operations)) {
        const changes = method !== 'get' || operationId === 'getSignals';
        assert.equal(/forbidden_role/.test(responses['403']?.description ?? ''), changes, operationId);
      }
    }
  });

  it('describe fields of a run alike in the query and in the body', () => {
    const { parameters = [] } = openApi.paths['/api/scanner/runs']?.['post'] ?? {};
    const { properties = {} } = openApi.components.schemas['RunRequest'] ?? {};
    const isSplit = (name: string) => name === 'symbols';
    const described = parameters.filter(({ name }) => name !== 'Idempotency-Key' && !isSplit(name));
    assert.deepEqual(
      Object.fromEntries(described.map(({ name, schema }) => [name, schema])),
      Object.fromEntries(Object.entries(properties).filter(([name]) => !isSplit(name))),
    );
  });

  it('describe what is posted to webhooks, with its headers', () => {
    const { parameters = [], responses } = openApi.webhooks['alert']?.['post'] ?? { responses: {} };
    assert.deepEqual(
      parameters.map(({ name }) => name),
      ['X-FastScanner-Event', 'X-FastScanner-Delivery', 'X-FastScanner-Signature'],
    );
    assert.deepEqual(Object.keys(responses), ['408', '2XX']);
  });

  it('refer only to schemas that are there', () => {
    const text = JSON.stringify(openApi);
    const names = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name = '']) => name);
    assert.ok(names.includes('QuickSignal') && names.includes('Problem'));
    for (const name of names) assert.ok(name in openApi.components.schemas, name);
  });

  it('describe exactly the events of the socket, by direction', () => {
    assert.equal(asyncApi.asyncapi, '3.0.0');
    const names = (action: string) =>
      Object.entries(asyncApi.operations)
        .filter(([, operation]) => operation.action === action)
        .map(([name]) => name)
        .sort();
    assert.deepEqual(names('receive'), [...CLIENT_EVENT_NAMES].sort());
    const schemas = {
      ...scanEventSchemas,
      ...scanTopicEventSchemas,
      ...runEventSchemas,
      ...runTopicEventSchemas,
      ...marketScanEventSchemas,
      ...alertEventSchemas,
      ...continuousEventSchemas,
      ...priceEventSchemas,
    };
    const sent = [...Object.keys(schemas), 'reset'];
    assert.deepEqual(names('send'), sent.sort());
  });

  it('resolve all their references', () => {
    const document = asyncApi as unknown as Record<string, unknown>;
    const resolve = (pointer: string) =>
      pointer
        .slice(2)
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
    const pointers = [...JSON.stringify(asyncApi).matchAll(/"\$ref":"(#\/(?:channels|components)[^"]+)"/g)];
    assert.ok(pointers.length > 20);
    for (const [, pointer = ''] of pointers) assert.ok(resolve(pointer), pointer);
  });
});
