import type { AlertEvents, ScanEvents, ScanTopicEvents } from '@fast-scanner/shared';
import type { ScanProgress } from './scan-run.ts';

/** What a FastScanner emits, each after it is stored; `scanProgress` alone is a volatile tick. */
export type FastScannerEvents = {
  [Name in keyof ScanEvents]: (payload: ScanEvents[Name]) => void;
} & {
  [Name in keyof ScanTopicEvents]: (payload: ScanTopicEvents[Name]) => void;
} & {
  [Name in keyof AlertEvents]: (payload: AlertEvents[Name]) => void;
} & {
  scanProgress: (progress: ScanProgress) => void;
};
