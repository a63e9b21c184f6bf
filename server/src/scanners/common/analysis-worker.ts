import { type ErrorCode, ScannerError } from '@fast-scanner/shared';
import {
  computeDeepAnalysis,
  type DeepAnalysisInput,
  type DeepAnalysisResult,
} from '../../analysis/deep-analysis.ts';

/** A class does not survive the way between threads; a code does. */
export type WorkerAnswer =
  | { readonly ok: true; readonly result: DeepAnalysisResult }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string };

/** Entry of the worker threads. */
export function analyze(input: DeepAnalysisInput): WorkerAnswer {
  try {
    return { ok: true, result: computeDeepAnalysis(input) };
  } catch (error) {
    if (error instanceof ScannerError) return { ok: false, code: error.code, detail: error.message };
    throw error;
  }
}
