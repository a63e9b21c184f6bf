import { assertNever, ScannerError, type Topic } from '@fast-scanner/shared';
import {
  ALERTS_TOPIC_STREAM,
  SCANS_TOPIC_STREAM,
  scanStreamId,
} from '../scanners/fast-scanner/fast-scanner-service.ts';

/** How a client names a stream: by exactly one of the two. */
export interface StreamKey {
  readonly scanId?: string | undefined;
  readonly topic?: Topic | undefined;
}

export function toStreamId({ scanId, topic }: StreamKey): string {
  if (scanId !== undefined) return scanStreamId(scanId);
  switch (topic) {
    case 'scans':
      return SCANS_TOPIC_STREAM;
    case 'alerts':
      return ALERTS_TOPIC_STREAM;
    case undefined:
      throw new ScannerError('invalid_input', 'name a scanId or a topic');
    default:
      return assertNever(topic);
  }
}
