import type { ErrorCode } from '@fast-scanner/shared';
import type { z } from 'zod';

/** One route as clients see it: what the router validates and what the OpenAPI document says. */
export interface RouteContract {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As OpenAPI writes it: `/api/scanner/scans/{scanId}`. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** Whether query parameters stand for fields that the body does not name; the body's schema checks both together. */
  readonly queryFillsBody?: boolean;
  /** Whether it takes an `Idempotency-Key`. */
  readonly idempotent?: boolean;
  /** Whether it makes work although its method only reads: refused to readers and to pages of strange origins. */
  readonly changes?: boolean;
  readonly answer: z.ZodType;
  /** Status of the answer. Default 200. */
  readonly status?: number;
  /** Headers of the answer beside the usual ones, and what they say. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Media type of the answer. Default `application/json`. */
  readonly mediaType?: string;
  /** Other media types, all text, in which the answer may come. */
  readonly alsoAs?: readonly string[];
  /** Media types of files as which the answer may come, none of them text. */
  readonly files?: readonly string[];
  /** Other successful statuses and what they mean. */
  readonly otherAnswers?: Readonly<Record<number, string>>;
  /** Kept for old clients: said in the headers `Deprecation` and `Link` of every answer. */
  readonly deprecated?: Deprecation;
  /** Errors of this route beside those that every route may answer with. */
  readonly errors: readonly ErrorCode[];
}

/** Why a route should not be used any more. @see https://www.rfc-editor.org/rfc/rfc9745 */
export interface Deprecation {
  /** Epoch ms UTC. */
  readonly since: number;
  /** Path of the route to use instead. */
  readonly successor: string;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A request after validation. */
export interface RouteInput<Contract extends RouteContract> {
  readonly params: Parsed<Contract['params']>;
  readonly query: Parsed<Contract['query']>;
  readonly body: Parsed<Contract['body']>;
}

export type RouteAnswer<Contract extends RouteContract> = z.input<Contract['answer']>;
