import { assertNever, ScannerError, type Topic } from '@fast-scanner/shared';
import { CONTINUOUS_TOPIC_STREAM } from '../scanners/continuous/continuous-service.ts';
import {
  ALERTS_TOPIC_STREAM,
  SCANS_TOPIC_STREAM,
  scanStreamId,
} from '../scanners/fast-scanner/fast-scanner-service.ts';
import { marketScanStreamId } from '../scanners/market-scan/market-scan-service.ts';
import { RUNS_TOPIC_STREAM, runStreamId } from '../scanners/scan-runs/scan-runs-service.ts';

/** How a client names a stream: by exactly one of them. */
export interface StreamKey {
  readonly scanId?: string | undefined;
  readonly runId?: string | undefined;
  readonly jobId?: string | undefined;
  readonly topic?: Topic | undefined;
}

/** The key as the client named it, without what it left out. */
export function toWireKey({ scanId, runId, jobId, topic }: StreamKey) {
  return {
    ...(scanId !== undefined && { scanId }),
    ...(runId !== undefined && { runId }),
    ...(jobId !== undefined && { jobId }),
    ...(topic !== undefined && { topic }),
  };
}

export function toStreamId({ scanId, runId, jobId, topic }: StreamKey): string {
  if (scanId !== undefined) return scanStreamId(scanId);
  if (runId !== undefined) return runStreamId(runId);
  if (jobId !== undefined) return marketScanStreamId(jobId);
  switch (topic) {
    case 'scans':
      return SCANS_TOPIC_STREAM;
    case 'runs':
      return RUNS_TOPIC_STREAM;
    case 'alerts':
      return ALERTS_TOPIC_STREAM;
    case 'continuous':
      return CONTINUOUS_TOPIC_STREAM;
    case undefined:
      throw new ScannerError('invalid_input', 'name a scanId, a runId, a jobId or a topic');
    default:
      return assertNever(topic);
  }
}
