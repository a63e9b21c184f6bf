import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { createScannerClient, ScannerApiError, type ScannerClient } from '@fast-scanner/client';
import type { Socket } from 'socket.io';
import { eventually } from '../support/eventually.ts';
import { type ScriptedCall, ScriptedServer } from './scripted-server.ts';

const RUN = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
const SUMMARY = { run_id: RUN, status: 'completed', details_kept: false };

function send(socket: Socket, name: string, ...seqs: readonly number[]): void {
  for (const seq of seqs) socket.emit(name, { seq, run_id: RUN, status: 'completed', error: `event ${seq}` });
}

const answerGone: RequestListener = (_, response) => {
  const problem = {
    code: 'gone',
    status: 410,
    title: '',
    detail: 'swept',
    requestId: 'r1',
    summary: SUMMARY,
  };
  response.writeHead(410, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
};

function isGone(error: unknown): true {
  assert.ok(error instanceof ScannerApiError);
  assert.deepEqual([error.code, error.summary], ['gone', SUMMARY]);
  return true;
}

describe('the runs of the client against a server that', () => {
  let server: ScriptedServer;
  let client: ScannerClient;
  let asked: ScriptedCall['request'][];

  /** Answers `subscribe` call by call; a call beyond the script gets no answer. */
  async function listen(...calls: readonly ((call: ScriptedCall) => void)[]): Promise<void> {
    asked = [];
    server = await ScriptedServer.listen(answerGone, (call) => {
      asked.push(call.request);
      calls[call.call - 1]?.(call);
    });
    client = createScannerClient({ url: server.url });
  }

  async function seqsOf(seen: number[] = []): Promise<number[]> {
    for await (const { seq } of client.runs.events(RUN)) seen.push(seq);
    return seen;
  }

  afterEach(async () => {
    client.close();
    await server.close();
  });

  it('drains when a run is started is asked again, with the same key', async () => {
    const keys: unknown[] = [];
    server = await ScriptedServer.listen((request, response) => {
      keys.push(request.headers['idempotency-key']);
      const problem = { code: 'unavailable', status: 503, detail: 'draining', retryAfterMs: 1 };
      if (keys.length === 1) response.writeHead(503).end(JSON.stringify(problem));
      else response.writeHead(202).end(JSON.stringify({ run_id: RUN, status: 'queued' }));
    });
    client = createScannerClient({ url: server.url });
    assert.equal((await client.runs.start()).runId, RUN);
    assert.match(String(keys[0]), /^[0-9a-f]{32}$/);
    assert.deepEqual(keys, [keys[0], keys[0]]);
  });

  it('tells of the run also in a topic keeps the numbers of the two apart', async () => {
    await listen(({ socket, answer }) => {
      answer();
      send(socket, 'runStarted', 1);
      send(socket, 'runUpdated', 2, 700);
      send(socket, 'runEnded', 2);
    });
    const types: string[] = [];
    for await (const { type, seq } of client.runs.events(RUN)) types.push(`${seq} ${type}`);
    assert.deepEqual(types, ['1 runStarted', '2 runEnded']);
    assert.deepEqual(asked, [{ runId: RUN, afterSeq: 0 }]);
  });

  it('has trimmed the beginning of the log gives the rest', async () => {
    await listen(({ socket, answer }) => {
      answer({ firstSeq: 5, lastSeq: 7, terminal: true });
      socket.emit('reset', { runId: RUN, firstSeq: 5, snapshot: SUMMARY });
      send(socket, 'runError', 5, 6);
      send(socket, 'runEnded', 7);
    });
    assert.deepEqual(await seqsOf(), [5, 6, 7]);
    assert.equal(asked.length, 1);
  });

  it('has swept the run ends its events with what is left of it', async () => {
    await listen(({ answer }) => answer({ firstSeq: 8, lastSeq: 7, terminal: true, snapshot: SUMMARY }));
    await assert.rejects(seqsOf(), isGone);
    assert.equal(client.connectionState, 'idle');
  });

  it('never wrote an event of the run that has ended does not let its readers wait', async () => {
    await listen(({ answer }) => answer({ firstSeq: 1, lastSeq: 0, terminal: true, snapshot: SUMMARY }));
    await assert.rejects(seqsOf(), isGone);
  });

  it('sweeps the run while it is being read ends its events, and the wait for it with its own answer', async () => {
    await listen(
      ({ socket, answer }) => {
        answer();
        send(socket, 'runStarted', 1);
        send(socket, 'runError', 2);
        socket.emit('reset', { runId: RUN, firstSeq: 10, snapshot: SUMMARY });
      },
      ({ answer }) => answer({ firstSeq: 10, terminal: true, snapshot: SUMMARY }),
      ({ answer }) => answer({ firstSeq: 10, terminal: true, snapshot: SUMMARY }),
    );
    const seen: number[] = [];
    await assert.rejects(seqsOf(seen), isGone);
    assert.deepEqual(seen, [1, 2]);
    await assert.rejects(
      client.runs.wait(RUN),
      (error: ScannerApiError) => isGone(error) && error.requestId === 'r1',
    );
  });

  it('has lost what it told begins again', async () => {
    await listen(
      ({ socket, answer }) => {
        answer();
        send(socket, 'runError', 1, 2, 3, 5);
      },
      ({ socket, answer }) => {
        answer({ lastSeq: 2, terminal: true });
        socket.emit('reset', { runId: RUN, firstSeq: 1, snapshot: SUMMARY });
        send(socket, 'runError', 1);
        send(socket, 'runEnded', 2);
      },
    );
    assert.deepEqual(await seqsOf(), [1, 2, 3, 1, 2]);
    assert.deepEqual(
      asked.map(({ afterSeq }) => afterSeq),
      [0, 3],
    );
  });

  it('has a long topic does not send its past to a watcher', async () => {
    await listen(
      ({ socket, answer }) => {
        answer({ firstSeq: 3 });
        socket.emit('reset', { topic: 'runs', firstSeq: 3, snapshot: null });
        send(socket, 'runUpdated', 3, 4);
      },
      ({ socket, answer }) => {
        answer();
        send(socket, 'runUpdated', 10);
        send(socket, 'runStarted', 11);
        send(socket, 'runUpdated', 12);
        socket.disconnect(true);
      },
      ({ socket, answer }) => {
        answer({ lastSeq: 13 });
        send(socket, 'runUpdated', 12, 13);
      },
    );
    const seqs: number[] = [];
    const end = client.runs.watch(({ seq }) => seqs.push(seq));
    await eventually(() => assert.deepEqual(seqs, [10, 12, 13]));
    assert.deepEqual(
      asked,
      [0, 9, 12].map((afterSeq) => ({ topic: 'runs', afterSeq })),
    );
    end();
    assert.equal(client.connectionState, 'idle');
  });
});
