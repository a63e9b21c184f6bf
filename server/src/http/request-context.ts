import type { Response } from 'express';
import type { Role } from '../ops/access/access-tokens.ts';

/** What is known of a request beside itself. */
export interface RequestContext {
  readonly requestId: string;
  /** Pattern of the route that answers, for metrics; a path would give every symbol a series of its own. */
  route: string;
  /** `null` until a token was recognised. */
  role: Role | null;
}

const contexts = new WeakMap<Response, RequestContext>();

export function setContext(response: Response, context: RequestContext): void {
  contexts.set(response, context);
}

export function contextOf(response: Response): RequestContext {
  const context = contexts.get(response);
  if (!context) throw new Error('the request has no context: the RequestTracker must come first');
  return context;
}
