import type { CancelRunResponse, RunEvents, RunResponse } from '@fast-scanner/shared';
import type { Connection } from './connection.ts';
import type { HttpTransport } from './http-transport.ts';
import { Job } from './job.ts';

/** A scan run on the server. */
export class Run extends Job<RunEvents, RunResponse, CancelRunResponse> {
  readonly runId: string;

  constructor(runId: string, transports: { readonly http: HttpTransport; readonly connection: Connection }) {
    const path = `/api/scanner/runs/${encodeURIComponent(runId)}`;
    super({ ...transports, key: { runId }, terminals: ['runEnded'], path });
    this.runId = runId;
  }
}
