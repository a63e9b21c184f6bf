import assert from 'node:assert/strict';
import {
  createScannerClient,
  ScannerApiError,
  type ScannerClient,
  ScannerConnectionError,
  type WatchContinuousOptions,
} from '@fast-scanner/client';
import { TestWindows } from '../server/http/test-windows.ts';
import { tell, writtenMarketState, writtenSignal } from '../server/http/written-signals.ts';
import { eventually } from '../support/eventually.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type ScriptedCall, ScriptedServer } from './scripted-server.ts';

const NONSENSE = { symbols: ['not a symbol'] };

describe('watchers of the continuous scanner', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;
  let client: ScannerClient;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
  });
  after(() => windows.close());
  beforeEach(() => {
    client = createScannerClient({ url: windows.url });
  });
  afterEach(() => client.close());

  /** Watches, and resolves when nothing is missed any more. Signals are heard by their score, everything else by its name. */
  async function watch(options: WatchContinuousOptions = {}) {
    const heard: (number | string)[] = [];
    const end = await new Promise<() => void>((resolve) => {
      const dispose = client.continuous.watch(
        (event) => heard.push(event.type === 'continuousSignal' ? event.combined_score : event.type),
        { ...options, onReady: () => resolve(dispose) },
      );
    });
    return { heard, end };
  }

  it('each hear what they ask for, though they share one subscription', async () => {
    const one = await watch({ symbols: ['BTC/USDT'] });
    const other = await watch({ styles: ['swing', 'position'], minScore: 60 });
    const all = await watch();
    await tell(
      windows,
      writtenSignal({ combined_score: 50 }),
      writtenSignal({ combined_score: 60, symbol: 'ETH/USDT', style: 'swing' }),
      writtenSignal({ combined_score: 59, symbol: 'ETH/USDT', style: 'swing' }),
      writtenSignal({ combined_score: 90, style: 'position' }),
      writtenMarketState(),
    );
    await eventually(() => assert.deepEqual(all.heard, [50, 60, 59, 90, 'marketState']));
    assert.deepEqual(one.heard, [50, 90, 'marketState']);
    assert.deepEqual(other.heard, [60, 90, 'marketState']);
    all.end();
    await tell(windows, writtenSignal({ combined_score: 91, style: 'swing' }));
    await eventually(() => assert.deepEqual([one.heard.at(-1), other.heard.at(-1)], [91, 91]));
    assert.equal(all.heard.length, 5);
  });

  it('hear nothing of what came before them, though nobody had asked for it', async () => {
    const strict = await watch({ minScore: 90 });
    await tell(windows, writtenSignal(), writtenSignal({ combined_score: 95 }), writtenSignal());
    await eventually(() => assert.deepEqual(strict.heard, [95]));
    const late = await watch();
    await tell(windows, writtenSignal({ combined_score: 51 }), writtenSignal({ combined_score: 96 }));
    await eventually(() => assert.deepEqual(strict.heard, [95, 96]));
    assert.deepEqual(late.heard, [51, 96]);
  });

  it('are told once when nothing is missed any more, but not before the call has returned', async () => {
    const ready: string[] = [];
    await watch();
    client.continuous.watch(() => undefined, { onReady: () => ready.push('next') });
    client.continuous.watch(() => undefined, { onReady: () => ready.push('left') })();
    assert.deepEqual(ready, []);
    await eventually(() => assert.deepEqual(ready, ['next']));
    const { end } = await watch({ minScore: 10 });
    end();
    await watch();
    assert.deepEqual(ready, ['next']);
  });

  it('end alone when what they ask for is refused', async () => {
    const good = await watch({ symbols: ['BTC/USDT'] });
    const refused = new Promise<Error>((resolve) => {
      client.continuous.watch(() => assert.fail('it was refused'), {
        ...NONSENSE,
        onEnd: resolve,
      });
    });
    const error = await refused;
    assert.ok(error instanceof ScannerApiError);
    assert.equal(error.code, 'invalid_input');
    assert.match(error.message, /symbols/);
    const next = await watch();
    await tell(windows, writtenSignal());
    await eventually(() => assert.deepEqual([good.heard, next.heard], [[50], [50]]));
  });

  it('end when the only one is refused, and when the client is closed', async () => {
    const ended = (options: WatchContinuousOptions) =>
      new Promise<Error>((resolve) => {
        client.continuous.watch(() => undefined, { ...options, onEnd: resolve });
      });
    assert.ok((await ended(NONSENSE)) instanceof ScannerApiError);
    assert.equal(client.connectionState, 'idle');
    const closed = ended({});
    client.close();
    assert.ok((await closed) instanceof ScannerConnectionError);
  });

  it('hear every signal once and in order, wherever the connection is cut and across a restart', async () => {
    const proxy = await startTcpProxy(windows.port);
    client = createScannerClient({ url: proxy.url });
    const { heard } = await watch({ minScore: 50 });
    const told: number[] = [];
    for (let score = 50; score < 70; score += 1) {
      told.push(score);
      await tell(windows, writtenSignal({ combined_score: 40 }), writtenSignal({ combined_score: score }));
      if (score % 8 === 4) proxy.cut();
      if (score !== 59) continue;
      await windows.close();
      windows = await TestWindows.open({ dataDir: folder.path });
      proxy.target(windows.port);
    }
    await eventually(() => assert.deepEqual(heard, told));
    client.close();
    await proxy.close();
  });
});

describe('watchers of the continuous scanner, against a server that', () => {
  let server: ScriptedServer;
  let client: ScannerClient;
  let asked: ScriptedCall['request'][];

  async function listen(onSubscribe: (call: ScriptedCall) => void): Promise<void> {
    asked = [];
    server = await ScriptedServer.listen(
      () => undefined,
      (call) => {
        asked.push(call.request);
        onSubscribe(call);
      },
    );
    client = createScannerClient({ url: server.url });
  }

  afterEach(async () => {
    client.close();
    await server.close();
  });

  it('sends what is asked for is asked for no more than they want together, once for those who come together', async () => {
    await listen(({ answer }) => answer());
    const { continuous } = client;
    continuous.watch(() => undefined, { symbols: ['ETH/USDT', 'BTC/USDT'], minScore: 70 });
    continuous.watch(() => undefined, { symbols: ['SOL/USDT', 'BTC/USDT'], minScore: 60, styles: ['swing'] });
    const first = { topic: 'continuous', symbols: ['BTC/USDT', 'ETH/USDT', 'SOL/USDT'], minScore: 60 };
    await eventually(() => assert.equal(asked.length, 2));
    const ends = [1, 2].map(() => continuous.watch(() => undefined, { styles: ['scalp'], minScore: 80 }));
    await eventually(() => assert.equal(asked.length, 3));
    for (const end of ends) end();
    await eventually(() => assert.equal(asked.length, 4));
    assert.deepEqual(asked, [
      { ...first, afterSeq: 0 },
      { ...first, afterSeq: 9 },
      { topic: 'continuous', minScore: 60, afterSeq: 9 },
      { ...first, afterSeq: 9 },
    ]);
  });

  it('takes 500 symbols is asked for all of them when more are wanted', async () => {
    await listen(({ answer }) => answer());
    const symbols = Array.from({ length: 501 }, (_, index) => `C${index}/USDT`);
    client.continuous.watch(() => undefined, { symbols });
    await eventually(() => assert.deepEqual(asked[0], { topic: 'continuous', afterSeq: 0 }));
  });

  it('has lost what it had told gives what it tells now', async () => {
    const heard: number[] = [];
    await listen(({ call, socket, answer }) => {
      if (call < 3) return answer();
      answer({ lastSeq: 2 });
      for (const seq of [1, 2, 3]) socket.emit('marketState', { seq });
    });
    const listener = ({ seq }: { readonly seq: number }) => heard.push(seq);
    client.continuous.watch(listener, { minScore: 50 });
    await eventually(() => assert.equal(asked.length, 2));
    client.continuous.watch(listener);
    await eventually(() => assert.deepEqual(heard, [1, 1, 2, 2, 3, 3]));
  });
});
