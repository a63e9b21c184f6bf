import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { createMethodGuard } from '../middleware/method-guard.ts';
import { parseInput, parseSplitInput } from '../parse-input.ts';
import { contextOf } from '../request-context.ts';
import type { Deprecation, RouteAnswer, RouteContract, RouteInput } from './route-contract.ts';

/** Answers the JSON to send, or `undefined` when it has answered by itself. */
export type RouteHandler<Contract extends RouteContract> = (
  input: RouteInput<Contract>,
  request: Request,
  response: Response,
) => Promise<RouteAnswer<Contract> | undefined>;

export interface RouteTableOptions {
  /** Stands before contracts that make work although their method only reads. */
  readonly changeGuard?: RequestHandler;
}

interface Binding {
  readonly contract: RouteContract;
  readonly handlers: readonly RequestHandler[];
}

const noQuery = z.strictObject({});

/** Binds contracts to handlers: validation before, JSON after, 405 for every other method of the same path. */
export class RouteTable {
  readonly #paths = new Map<string, Binding[]>();
  readonly #changeGuard: RequestHandler | null;

  constructor({ changeGuard }: RouteTableOptions = {}) {
    this.#changeGuard = changeGuard ?? null;
  }

  add<Contract extends RouteContract>(contract: Contract, handler: RouteHandler<Contract>): this {
    const answerRequest: RequestHandler = async (request, response) => {
      contextOf(response).route = contract.path;
      response.status(contract.status ?? 200);
      if (contract.deprecated) sayDeprecated(response, contract.deprecated);
      const answer = await handler(parseRequest(contract, request), request, response);
      if (answer !== undefined) response.json(answer);
    };
    const path = toExpressPath(contract.path);
    const bindings = this.#paths.get(path) ?? [];
    bindings.push({ contract, handlers: [...this.#guardsOf(contract), answerRequest] });
    this.#paths.set(path, bindings);
    return this;
  }

  /** The finished router. Of two paths that match the same address the one that was added first answers it, with every method. */
  toRouter(): Router {
    const router = Router({ caseSensitive: true });
    for (const [path, bindings] of this.#paths) {
      for (const { contract, handlers } of bindings) router[contract.method](path, ...handlers);
      const methods = bindings.flatMap(({ contract }) => methodsOf(contract));
      router.all(path, createMethodGuard(methods.sort(headLast)));
    }
    return router;
  }

  #guardsOf({ operationId, changes }: RouteContract): RequestHandler[] {
    if (!changes) return [];
    if (!this.#changeGuard) throw new Error(`${operationId} changes something and wants a guard`);
    return [this.#changeGuard];
  }
}

/** Express answers HEAD where it answers GET; the change guard does not let it through. */
function methodsOf({ method, changes }: RouteContract): string[] {
  return method === 'get' && !changes ? ['GET', 'HEAD'] : [method.toUpperCase()];
}

function headLast(one: string, other: string): number {
  return Number(one === 'HEAD') - Number(other === 'HEAD');
}

function sayDeprecated(response: Response, { since, successor }: Deprecation): void {
  response.set({ Deprecation: `@${since / 1000}`, Link: `<${successor}>; rel="successor-version"` });
}

function parseRequest<Contract extends RouteContract>(
  contract: RouteContract,
  request: Request,
): RouteInput<Contract> {
  const params = contract.params && parseInput(contract.params, joinSegments(request.params));
  const query = parseInput(contract.query ?? noQuery, request.query, '?');
  const body = contract.body && parseBody(contract.body, contract.queryFillsBody ? query : {}, request);
  return { params, query, body } as RouteInput<Contract>; // parsed by the contract's own schemas
}

function parseBody(schema: z.ZodType, query: object, { body }: Request): unknown {
  return parseSplitInput(schema, { query, body: body ?? {} });
}

/** Symbols contain slashes, so that `{symbol}` takes the rest of the path, its slashes encoded or not. */
function toExpressPath(path: string): string {
  return path.replaceAll('{symbol}', '*symbol').replaceAll(/\{(\w+)\}/g, ':$1');
}

function joinSegments(params: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : value]),
  );
}
