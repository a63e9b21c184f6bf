import assert from 'node:assert/strict';
import { decodeModel } from '@fast-scanner/server/scanners/common/decode-model.ts';
import { fromSharedText, toSharedText } from '@fast-scanner/server/scanners/common/shared-text.ts';

/** What a thread gets of a model; only its id matters here. */
function decode(digit: number) {
  const json = toSharedText(JSON.stringify({ samples: digit }));
  const shared = { modelId: `demo-1h-${digit}`, trainedAt: '2026-01-07T10:00:00.000Z', learnedTo: 0, json };
  const { model } = decodeModel({ model: shared });
  return model ?? assert.fail('no model');
}

describe('a thread that decodes models', () => {
  it('decodes each once', () => {
    assert.equal(decode(1), decode(1));
    assert.notEqual(decode(1), decode(2));
  });

  it('keeps the newest eight', () => {
    const first = decode(10);
    for (let digit = 11; digit < 18; digit += 1) decode(digit);
    assert.equal(decode(10), first);
    decode(18);
    assert.notEqual(decode(10), first);
    assert.deepEqual(decode(10), first);
  });

  it('hands the reason on when there is none', () => {
    const answer = { model: null, reason: 'too few samples' };
    assert.deepEqual(decodeModel(answer), answer);
  });
});

describe('a text in memory that threads share', () => {
  it('comes back as it was', () => {
    const text = 'Brier ≤ 0.25 · 1½ ATR 🙂';
    const shared = toSharedText(text);
    assert.ok(shared.buffer instanceof SharedArrayBuffer);
    assert.equal(fromSharedText(shared), text);
  });
});
