import type {
  AlertEvents,
  ContinuousEvents,
  RunTopicEvents,
  ScanTopicEvents,
  Topic,
} from '@fast-scanner/shared';

/** How the server names a stream. */
export type StreamKey =
  | { readonly scanId: string }
  | { readonly runId: string }
  | { readonly jobId: string }
  | { readonly topic: Topic };

/** What an event, or a `reset`, says of the stream it is of. */
export interface StreamPayload {
  readonly scanId?: string;
  readonly runId?: string;
  readonly run_id?: string;
  readonly jobId?: string;
  readonly job_id?: string;
  readonly topic?: string;
}

type TopicEventName =
  | keyof ScanTopicEvents
  | keyof RunTopicEvents
  | keyof AlertEvents
  | keyof ContinuousEvents;

/** Events of topics carry the id of a scan or run too, but the numbers of the topic. */
const TOPIC_OF_EVENT: Readonly<Record<TopicEventName, Topic>> = {
  scanStarted: 'scans',
  signalChanged: 'scans',
  predictionsReady: 'scans',
  runUpdated: 'runs',
  alert: 'alerts',
  continuousSignal: 'continuous',
  marketState: 'continuous',
  streamStatus: 'continuous',
};
const TOPICS: ReadonlyMap<string, string> = new Map(Object.entries(TOPIC_OF_EVENT));

export function isSameStream(left: StreamKey, right: StreamKey): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Whether an event that came over the connection is one of this stream. */
export function isOfStream(key: StreamKey, name: string, payload: StreamPayload): boolean {
  const topic = TOPICS.get(name) ?? payload.topic;
  if ('topic' in key) return topic === key.topic;
  if (topic !== undefined) return false;
  if ('scanId' in key) return payload.scanId === key.scanId;
  if ('runId' in key) return (payload.run_id ?? payload.runId) === key.runId;
  return (payload.job_id ?? payload.jobId) === key.jobId;
}
