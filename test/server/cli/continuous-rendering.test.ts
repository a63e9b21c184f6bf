import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  describeChange,
  describeStream,
  formatMs,
} from '@fast-scanner/server/cli/continuous/describe-stream.ts';
import { fitLine, flowLines, widthOf } from '@fast-scanner/server/cli/continuous/fit-line.ts';
import { createJsonView, createLineView } from '@fast-scanner/server/cli/continuous/line-view.ts';
import { formatAge } from '@fast-scanner/server/cli/continuous/live-table.ts';
import { LiveView } from '@fast-scanner/server/cli/continuous/live-view.ts';
import { type Picture, renderFrame } from '@fast-scanner/server/cli/continuous/render-frame.ts';
import type { Paint } from '@fast-scanner/server/cli/palette.ts';
import {
  type ContinuousSignal,
  type ContinuousStatus,
  continuousConfigSchema,
  type MarketState,
  type StreamState,
} from '@fast-scanner/shared';
import fc from 'fast-check';
import { eventually } from '../../support/eventually.ts';

const TIME = '2026-01-07T10:20:05.000Z';
const NOW = Date.parse(TIME) + 12_000;
const ESCAPE = String.fromCharCode(27);
const plain: Paint = (_, text) => text;
const coloured: Paint = (_, text) => `${ESCAPE}[32m${text}${ESCAPE}[39m`;

const SIGNAL: ContinuousSignal = {
  symbol: 'BTC/USDT',
  exchange: 'demo',
  style: 'day_trade',
  timeframe: '4h',
  timestamp: TIME,
  candleCloseTime: '2026-01-07T08:00:00.000Z',
  price: 43210.5,
  momentum: {
    momentum_score: 80.04,
    price_change_pct: 3,
    volume_ratio: null,
    cluster_validated: false,
    strength_classification: 'moderate',
  },
  reversion: {
    reversion_score: 25,
    momentum_exhaustion: true,
    consecutive_moves: 4,
    volume_exhaustion: false,
    excessive_gain: false,
    recent_gain_pct: 2,
    is_overbought: false,
    is_oversold: false,
    reversion_direction: 'bearish',
    reversion_candidate: false,
  },
  clustering: {
    trend_formation_signal: false,
    cluster_strength: 0,
    total_clusters: 0,
    bullish_clusters: 0,
    bearish_clusters: 0,
    directional_ratio: 0,
    follow_through: 0,
  },
  combined_score: 58.0249,
  signal_type: 'MOMENTUM_BUY',
};

const MARKET: MarketState = {
  timestamp: TIME,
  breadth: {
    advancing: 12,
    declining: 7,
    unchanged: 1,
    breadth_ratio: 12 / 19,
    market_bias: 'bullish',
    coverage: 1,
  },
  volatility_regime: 'medium',
  active_signals: 1,
};

const IDLE: StreamState = {
  interval_s: 30,
  last_run_at: null,
  last_duration_ms: null,
  lag_ms: null,
  errors: 0,
  skipped: 0,
  last_error: null,
};
const FAILING: StreamState = {
  ...IDLE,
  last_run_at: TIME,
  last_duration_ms: 1234,
  lag_ms: 3.4,
  errors: 2,
  last_error: { code: 'exchange_timeout', detail: 'no answer', at: TIME },
};

const STATUS: ContinuousStatus = {
  running: true,
  market_state: MARKET,
  buffer_stats: { ticks: 0, candles: 0, signals: 0 },
  streams: { price: IDLE, signals: FAILING, market_state: IDLE, full_scan: IDLE },
  uptime_s: 200,
  started_at: TIME,
  symbols: ['BTC/USDT', 'ETH/USDT'],
  data_sources: [
    { exchange: 'demo', kind: 'simulated' },
    { exchange: 'binance', kind: 'live' },
  ],
  config: continuousConfigSchema.parse({}),
};

const PICTURE: Picture = {
  signals: [SIGNAL],
  marketState: MARKET,
  status: STATUS,
  note: null,
  footer: 'Ctrl-C stops the scanner',
};

function frame(changes: Partial<Picture> = {}, { columns = 200, rows = 24, paint = plain } = {}): string {
  return renderFrame({ ...PICTURE, ...changes }, { now: NOW, columns, rows, paint }).join('\n');
}

/** What a view writes on standard output. */
function printed(create: typeof createLineView): string {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const view = create({ stdout, stderr: new PassThrough() });
  view.signal(SIGNAL);
  view.marketState(MARKET);
  view.streamChange({
    timestamp: TIME,
    change: 'failing',
    stream: 'signals',
    running: true,
    streams: STATUS.streams,
  });
  view.status(STATUS);
  view.note('on standard error');
  view.stop();
  return String(stdout.read());
}

describe('the continuous scanner on the screen', () => {
  it('shows who is followed, the market, the loops and the signals with their age', () => {
    assert.deepEqual(frame().split('\n'), [
      'demo: simulated market, binance: live market · 2 symbols · 5m 4h 1h 1d · running for 3 min',
      'breadth 0.63 bullish · 12 up, 7 down, 1 unchanged, 100 % known · volatility medium · 1 active signal',
      'prices every 30 s: took –, lag –, 0 errors · signals every 30 s: took 1.2 s, lag 3 ms, 2 errors · market state every 30 s: took –, lag –, 0 errors · full scan every 30 s: took –, lag –, 0 errors',
      'last error, signals: no answer (exchange_timeout)',
      '',
      'Symbol    Style      Timeframe  Type          Score  Momentum  Reversion    Price   Age',
      'BTC/USDT  day_trade  4h         MOMENTUM_BUY   58.0      80.0       25.0  43210.5  12 s',
      '',
      'Ctrl-C stops the scanner',
    ]);
  });

  it('names the exchange of each signal where there are several', () => {
    const other = { ...SIGNAL, exchange: 'binance' };
    assert.match(frame({ signals: [SIGNAL, other] }), /Exchange.*\n.* demo .*\n.* binance /);
  });

  it('says what there is not yet', () => {
    const text = frame({ signals: [], marketState: null });
    assert.match(text, /^market not read yet$/m);
    assert.match(text, /^No signal yet; one comes when a candle closes\.$/m);
  });

  it('shows a breadth that does not exist as none', () => {
    const breadth = { ...MARKET.breadth, breadth_ratio: null, market_bias: 'neutral' } as const;
    assert.match(frame({ marketState: { ...MARKET, breadth } }), /^breadth – neutral/m);
  });

  it('has room for every column on 80 characters', () => {
    const text = frame({}, { columns: 80 });
    assert.match(text, /^Symbol {3}Style {5}TF Type .*Score Mom\. Rev\. .*Price {2}Age$/m);
    assert.match(text, / 43210\.5 12 s$/m);
  });

  it('never leaves the terminal, whatever its size, and cuts no colour', () => {
    const size = fc.record({
      columns: fc.integer({ min: 1, max: 250 }),
      rows: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(size, fc.nat(80), fc.option(fc.string()), ({ columns, rows }, count, note) => {
        const picture = { ...PICTURE, note, signals: Array.from({ length: count }, () => SIGNAL) };
        const lines = renderFrame(picture, { now: NOW, columns, rows, paint: coloured });
        assert.ok(lines.length <= rows);
        for (const line of lines) {
          assert.ok(widthOf(line) <= columns);
          assert.equal(line.split('[32m').length, line.split('[39m').length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('shows the newest signals where there is no room for all', () => {
    const signals = Array.from({ length: 40 }, (_, index) => ({ ...SIGNAL, price: index + 1 }));
    const text = frame({ signals }, { rows: 20 });
    assert.match(text, / 1 {2}12 s$/m);
    assert.doesNotMatch(text, / 40 {2}12 s$/m);
    assert.match(text, /Ctrl-C stops the scanner$/);
  });

  it('is drawn over the picture before and left as it was at the end, with the cursor', async () => {
    const stdout = Object.assign(new PassThrough({ encoding: 'utf8' }), {
      isTTY: true,
      columns: 120,
      rows: 30,
    });
    let text = '';
    stdout.on('data', (chunk) => {
      text += chunk;
    });
    let now = NOW;
    const view = new LiveView({
      ...{ stdout, paint: plain, now: () => now, status: STATUS, footer: 'Ctrl-C ends it', intervalMs: 5 },
    });
    view.signal(SIGNAL);
    await eventually(() => assert.match(text, /43210\.5 {2}12 s/));
    const drawn = text.split('\n').length - 1;
    now += 1000;
    await eventually(() => assert.ok(text.includes(`${ESCAPE}[${drawn}A`)));
    stdout.columns = 90;
    await eventually(() => assert.ok(text.includes(`${ESCAPE}[2J${ESCAPE}[H`)));
    view.note('The connection is lost');
    view.stop();
    await eventually(() => assert.ok(text.endsWith(`${ESCAPE}[?25h`)));
    assert.match(text, /The connection is lost.*\n.*Ctrl-C ends it[^\n]*\n[^\n]*$/);
  });

  it('is not drawn again while nothing changes', async () => {
    let writes = 0;
    const stdout = Object.assign(new PassThrough(), { isTTY: true });
    stdout.on('data', () => {
      writes += 1;
    });
    let looks = 0;
    const look = () => {
      looks += 1;
      return NOW;
    };
    const view = new LiveView({ stdout, paint: plain, now: look, status: STATUS, footer: '', intervalMs: 2 });
    await eventually(() => assert.ok(looks > 4));
    assert.equal(writes, 2, 'the cursor and one picture');
    view.stop();
  });
});

describe('the continuous scanner as lines', () => {
  it('tells one thing on each line', () => {
    assert.deepEqual(printed(createLineView).split('\n'), [
      '2026-01-07 10:20:05 UTC signal BTC/USDT demo day_trade 4h MOMENTUM_BUY score 58.0 momentum 80.0 reversion 25.0 price 43210.5',
      '2026-01-07 10:20:05 UTC market breadth 0.63 bullish · 12 up, 7 down, 1 unchanged, 100 % known · volatility medium · 1 active signal',
      '2026-01-07 10:20:05 UTC signals failing: no answer (exchange_timeout), 2 errors',
      '',
    ]);
  });

  it('tells everything there is, one document on each line, for programs', () => {
    const lines = printed(createJsonView).trimEnd().split('\n');
    const [signal, market, change] = lines.map((line) => JSON.parse(line));
    assert.deepEqual(signal, { type: 'continuousSignal', ...SIGNAL });
    assert.deepEqual(market, { type: 'marketState', ...MARKET });
    assert.deepEqual([change.type, change.change, change.stream], ['streamStatus', 'failing', 'signals']);
    assert.deepEqual(change.streams, STATUS.streams);
  });

  it('tells changes of the scanner as a whole and recoveries without an old reason', () => {
    const { streams } = STATUS;
    const change = { timestamp: TIME, running: true, streams };
    assert.equal(describeChange({ ...change, change: 'started', stream: null }), 'scanner started');
    assert.equal(
      describeChange({ ...change, change: 'recovered', stream: 'signals' }),
      'signals recovered, 2 errors',
    );
    assert.equal(describeStream('price', FAILING), 'prices every 30 s: took 1.2 s, lag 3 ms, 2 errors');
  });
});

describe('words of the continuous scanner', () => {
  const ages: readonly (readonly [number, string])[] = [
    [-5, '0 s'],
    [59.9, '59 s'],
    [60, '1 min'],
    [3599, '59 min'],
    [3600, '1 h'],
    [86_400, '24 h'],
    [200_000, '2 d'],
  ];
  for (const [seconds, text] of ages) {
    it(`call an age of ${seconds} seconds ${text}`, () => assert.equal(formatAge(seconds), text));
  }

  it('give short times in ms and long ones in seconds', () => {
    assert.deepEqual(
      [formatMs(null), formatMs(0.4), formatMs(999.4), formatMs(1500)],
      ['–', '0 ms', '999 ms', '1.5 s'],
    );
  });

  it('are cut between characters, not between their halves', () => {
    assert.equal(fitLine('🚀🚀🚀', 2), '🚀🚀');
  });

  it('stay on their line whatever a server says', () => {
    assert.equal(fitLine(`one\ntwo${ESCAPE}[2Jthree`, 80), 'one two [2Jthree');
  });

  it('flow to as few lines as the width allows, and none is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 60 }),
        (parts, width) => {
          const lines = flowLines(parts, ' · ', width);
          assert.equal(lines.join(' · '), parts.join(' · '));
          for (const line of lines) assert.ok(widthOf(line) <= width || parts.includes(line));
        },
      ),
    );
  });
});
