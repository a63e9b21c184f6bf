import assert from 'node:assert/strict';
import type { z } from 'zod';
import { type RawAnswer, rawRequest, sendJson } from './raw-request.ts';
import type { TestWindows } from './test-windows.ts';

/** Asks the server that stands, and reads its answers by their schemas. */
export class TestClient {
  readonly port: number;

  constructor({ port }: Pick<TestWindows, 'port'>) {
    this.port = port;
  }

  ask(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<RawAnswer> {
    return rawRequest({ port: this.port, path, method, headers });
  }

  async get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    const { status, text } = await this.ask(path);
    assert.equal(status, 200, text);
    return schema.parse(JSON.parse(text));
  }

  /** For what is accepted and done later. */
  async post<Schema extends z.ZodType>(
    path: string,
    body: object,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const { status, text } = await sendJson(this.port, path, body);
    assert.equal(status, 202, text);
    return schema.parse(JSON.parse(text));
  }

  /** 0 for a series that is not there yet. */
  async metric(name: string): Promise<number> {
    const { text } = await this.ask('/metrics');
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
    return Number(line?.split(' ').at(-1) ?? 0);
  }
}
