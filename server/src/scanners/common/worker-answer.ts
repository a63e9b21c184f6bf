import { type ErrorCode, ScannerError } from '@fast-scanner/shared';

/** A class does not survive the way between threads; a code does. */
export type WorkerAnswer<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string };

/** In a worker: the outcome of a computation as an answer that can travel. What is no expected failure is thrown on. */
export function answerWith<Result>(compute: () => Result): WorkerAnswer<Result> {
  try {
    return { ok: true, result: compute() };
  } catch (error) {
    if (error instanceof ScannerError) return { ok: false, code: error.code, detail: error.message };
    throw error;
  }
}
