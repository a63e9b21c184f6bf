import assert from 'node:assert/strict';
import { ERROR_CODES, type ErrorCode, isErrorCode, type Problem, problemSchema } from '@fast-scanner/shared';
import type { RawAnswer } from './raw-request.ts';

/** Checks that an answer is a complete problem of this code, as the table has it. */
export function expectProblem({ status, headers, text }: RawAnswer, code: ErrorCode): Problem {
  assert.match(headers['content-type'] ?? '', /^application\/problem\+json/, text);
  const problem = problemSchema.parse(JSON.parse(text));
  assert.equal(problem.code, code, text);
  assert.ok(isErrorCode(problem.code));
  assert.equal(status, ERROR_CODES[code].status);
  assert.equal(problem.status, status);
  assert.equal(problem.requestId, headers['x-request-id']);
  assert.equal(headers['cache-control'], 'no-store');
  assert.doesNotMatch(text, /<html|node_modules|\.ts:\d/, 'neither HTML nor a stack');
  if ([429, 503].includes(status)) assert.match(headers['retry-after'] ?? '', /^\d+$/);
  return problem;
}
