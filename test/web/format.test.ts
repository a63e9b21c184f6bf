import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sortField } from '../../web/src/components/data-table/sort-field.ts';
import { directionOf, directionOfNumber } from '../../web/src/format/direction.ts';
import { formatAge, formatDuration } from '../../web/src/format/format-duration.ts';
import { formatPercent, formatPrice, formatShare, formatSigned } from '../../web/src/format/format-number.ts';
import { formatTime } from '../../web/src/format/format-time.ts';
import { toTitle } from '../../web/src/format/to-title.ts';
import { DEFAULT_SETTINGS, parseSettings } from '../../web/src/settings/settings.ts';

describe('what the dashboard writes', () => {
  it('are prices with about six digits, whatever their size', () => {
    const cases = [
      [43_210.554, '43,210.55'],
      [2.345678, '2.3457'],
      [0.012345678, '0.012346'],
      [0.0000001234, '0.0000001234'],
      [null, '–'],
    ] as const;
    for (const [price, text] of cases) assert.equal(formatPrice(price), text);
  });

  it('are changes with their sign, and none for what is shown as zero', () => {
    assert.equal(formatPercent(1.4), '+1.40 %');
    assert.equal(formatPercent(-12.345), '−12.35 %');
    assert.equal(formatPercent(-0.001), '0.00 %');
    assert.equal(formatSigned(-0), '0.00');
    assert.equal(formatPercent(null), '–');
    assert.equal(formatShare(0.614), '61 %');
  });

  it('are durations in two units at most', () => {
    const cases = [
      [850, '850 ms'],
      [12_900, '12 s'],
      [200_000, '3 min 20 s'],
      [7_200_000, '2 h'],
      [7_500_000, '2 h 5 min'],
      [90_000_000, '1 d 1 h'],
      [-5, '0 ms'],
    ] as const;
    for (const [ms, text] of cases) assert.equal(formatDuration(ms), text);
    assert.equal(formatAge(1_000), 'just now');
    assert.equal(formatAge(250_000), '4 min ago');
  });

  it('are moments in UTC, which is said, when it is wanted', () => {
    const moment = '2024-03-09T14:03:09.500Z';
    const write = (style: 'time' | 'minute' | 'date' | 'datetime') =>
      formatTime(moment, { style, timeZone: 'utc' });
    assert.equal(write('time'), '14:03:09 UTC');
    assert.equal(write('datetime'), '9 Mar 2024, 14:03 UTC');
    assert.equal(write('date'), '9 Mar 2024');
    assert.doesNotMatch(formatTime(moment, { style: 'time', timeZone: 'local' }), /UTC/);
  });

  it('are names in words, with acronyms as people write them', () => {
    const cases = [
      ['trendStrength', 'Trend strength'],
      ['STRONG_BUY', 'Strong buy'],
      ['ema_stack', 'EMA stack'],
      ['adx_di', 'ADX/DI'],
      ['rsi_zone', 'RSI zone'],
      ['macd_histogram', 'MACD histogram'],
      ['devfactor', 'Dev factor'],
      ['direction', 'Direction'],
    ] as const;
    for (const [name, title] of cases) assert.equal(toTitle(name), title);
  });

  it('are directions of every word of the wire that has one', () => {
    assert.deepEqual(['BUY', 'long', 'bearish', 'SHORT', 'HOLD', 'ranging'].map(directionOf), [
      'up',
      'up',
      'down',
      'down',
      'flat',
      'flat',
    ]);
    assert.deepEqual([0.1, -3, 0, null].map(directionOfNumber), ['up', 'down', 'flat', 'flat']);
  });
});

describe('what the dashboard reads back', () => {
  it('is any sorting that it has written', () => {
    const field = sortField();
    const id = fc.stringMatching(/^[a-z][a-z0-9_]*$/);
    fc.assert(
      fc.property(id, fc.boolean(), (id, desc) => {
        assert.deepEqual(field.parse(field.format({ id, desc })), { id, desc });
      }),
    );
    assert.equal(field.parse(''), undefined);
  });

  it('are settings, with the default for whatever is none', () => {
    assert.deepEqual(parseSettings(null), DEFAULT_SETTINGS);
    assert.deepEqual(parseSettings('not json'), DEFAULT_SETTINGS);
    assert.deepEqual(parseSettings('{"palette":"pink","timeZone":"utc","notifications":1}'), {
      ...DEFAULT_SETTINGS,
      timeZone: 'utc',
    });
  });
});
