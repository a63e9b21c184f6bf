import { createHmac } from 'node:crypto';

/** `t=<Unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`: the time keeps a recorded delivery from being replayed for ever. */
export function signBody(body: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}
