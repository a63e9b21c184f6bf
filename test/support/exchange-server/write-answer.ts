import type { ServerResponse } from 'node:http';
import { assertNever } from '@fast-scanner/shared';
import { type Answer, INVALID_SYMBOL, refusal } from './binance-answers.ts';
import type { Fault } from './fault.ts';

const MEGABYTE = 1_000_000;
const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' } as const;
const PAGE = '<!DOCTYPE html><html><body><h1>Just a moment</h1></body></html>';

/** Writes an answer, spoilt by the fault. Waiting ones end by themselves when the client goes away. */
export function writeAnswer(response: ServerResponse, answer: Answer, fault: Fault | null): void {
  switch (fault?.kind) {
    case undefined:
    case 'candles':
    case 'lag':
      writeJson(response, answer);
      break;
    case 'latency':
      later(response, fault.ms, () => writeJson(response, answer));
      break;
    case 'status':
      writeStatus(response, fault.status, fault.retryAfterSeconds);
      break;
    case 'hang':
      break;
    case 'drip':
      drip(response, JSON.stringify(answer.body), fault.intervalMs);
      break;
    case 'reset':
      response.destroy();
      break;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
      break;
    case 'truncated':
      response.writeHead(200, JSON_TYPE).end(halfOf(JSON.stringify(answer.body)));
      break;
    case 'huge':
      pour(response, fault.bytes ?? 100 * MEGABYTE);
      break;
    case 'wrongType':
      writeJson(response, { status: 200, body: { unexpected: 'shape', list: [1, null, 'x'] } });
      break;
    case 'delisted':
      writeJson(response, INVALID_SYMBOL);
      break;
    case 'maintenance':
      writeJson(response, refusal(-1, 'System is under maintenance.', 503));
      break;
    default:
      assertNever(fault);
  }
}

/** Runs a task later unless the response is closed before. */
export function later(response: ServerResponse, delayMs: number, task: () => void): void {
  const timer = setTimeout(task, delayMs);
  response.once('close', () => clearTimeout(timer));
}

function writeJson(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, JSON_TYPE).end(JSON.stringify(answer.body));
}

function writeStatus(response: ServerResponse, status: number, retryAfterSeconds?: number): void {
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds));
  const code = status === 429 || status === 418 ? -1003 : 0;
  const body = code === 0 ? 'refused' : JSON.stringify({ code, msg: 'Too many requests.' });
  response.writeHead(status, { 'content-type': code === 0 ? 'text/plain' : 'application/json' }).end(body);
}

function halfOf(text: string): string {
  return text.slice(0, Math.floor(text.length / 2));
}

function drip(response: ServerResponse, text: string, intervalMs: number): void {
  response.writeHead(200, JSON_TYPE);
  response.write('[');
  let sent = 1;
  const timer = setInterval(() => {
    response.write(text[sent] ?? ' ');
    sent += 1;
  }, intervalMs);
  response.once('close', () => clearInterval(timer));
}

/** Writes as fast as the client reads, so that a client that stops reading costs no memory here. */
function pour(response: ServerResponse, bytes: number): void {
  const chunk = Buffer.from('[0,0],'.repeat(10_000));
  let left = bytes;
  const more = () => {
    while (left > 0) {
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    response.end('0]');
  };
  response.writeHead(200, JSON_TYPE);
  response.write('[');
  more();
}
