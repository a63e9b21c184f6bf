import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { createMethodGuard } from '../middleware/method-guard.ts';
import { parseInput } from '../parse-input.ts';
import { contextOf } from '../request-context.ts';
import type { RouteAnswer, RouteContract, RouteInput } from './route-contract.ts';

/** Answers the JSON to send, or `undefined` when it has answered by itself. */
export type RouteHandler<Contract extends RouteContract> = (
  input: RouteInput<Contract>,
  request: Request,
  response: Response,
) => Promise<RouteAnswer<Contract> | undefined>;

const noQuery = z.strictObject({});

/** Binds contracts to handlers: validation before, JSON after, 405 for every other method of the same path. */
export class RouteTable {
  readonly #router = Router({ caseSensitive: true });
  readonly #methods = new Map<string, string[]>();

  add<Contract extends RouteContract>(contract: Contract, handler: RouteHandler<Contract>): this {
    const path = toExpressPath(contract.path);
    this.#methods.set(path, [...(this.#methods.get(path) ?? []), contract.method.toUpperCase()]);
    this.#router[contract.method](path, async (request, response) => {
      contextOf(response).route = contract.path;
      const answer = await handler(parseRequest(contract, request), request, response);
      if (answer !== undefined) response.json(answer);
    });
    return this;
  }

  /** The finished router. */
  toRouter(): Router {
    for (const [path, methods] of this.#methods) this.#router.all(path, createMethodGuard(methods));
    return this.#router;
  }
}

function parseRequest<Contract extends RouteContract>(
  { params, query = noQuery, body }: RouteContract,
  request: Request,
): RouteInput<Contract> {
  return {
    params: params && parseInput(params, joinSegments(request.params)),
    query: parseInput(query, request.query, '?'),
    body: body && parseInput(body, request.body ?? {}),
  } as RouteInput<Contract>; // parsed by the contract's own schemas
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
