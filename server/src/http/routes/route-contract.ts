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
  /** Answer with status 200. */
  readonly answer: z.ZodType;
  /** Media type of the answer. Default `application/json`. */
  readonly mediaType?: string;
  /** Whether the answer may also come as `text/event-stream`. */
  readonly streams?: boolean;
  /** Other successful statuses and what they mean. */
  readonly otherAnswers?: Readonly<Record<number, string>>;
  /** Errors of this route beside those that every route may answer with. */
  readonly errors: readonly ErrorCode[];
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A request after validation. */
export interface RouteInput<Contract extends RouteContract> {
  readonly params: Parsed<Contract['params']>;
  readonly query: Parsed<Contract['query']>;
  readonly body: Parsed<Contract['body']>;
}

export type RouteAnswer<Contract extends RouteContract> = z.input<Contract['answer']>;
