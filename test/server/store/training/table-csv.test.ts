import assert from 'node:assert/strict';
import { flattenRecords } from '@fast-scanner/server/store/training/flatten-records.ts';
import { tableToCsv } from '@fast-scanner/server/store/training/table-csv.ts';
import { NOON, signal } from '../../../contracts/training/records.ts';

function cellOf(value: unknown): string {
  const record = { ...signal(NOON), ...{ note: value } };
  const columns = flattenRecords([record]).filter(({ name }) => name === 'note');
  return tableToCsv(columns).toString().split('\r\n')[1] ?? '';
}

describe('training data as CSV', () => {
  it('quote what a spreadsheet would take for a formula, and put an apostrophe before it', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '=A1'])
      assert.equal(cellOf(text), `"'${text}"`);
    assert.equal(cellOf('=HYPERLINK("x")'), '"\'=HYPERLINK(""x"")"');
  });

  it('leave negative numbers numbers', () => {
    assert.equal(cellOf(-1.5), '-1.5');
  });

  it('quote separators, quotes and line ends', () => {
    assert.deepEqual(['a,b', 'a"b', 'a\nb', 'a b'].map(cellOf), ['"a,b"', '"a""b"', '"a\nb"', 'a b']);
  });

  it('leave a cell empty for what does not exist, and write flags and lists', () => {
    assert.deepEqual([null, undefined, true, [1, 'a']].map(cellOf), ['', '', 'true', '"[1,""a""]"']);
  });

  it('have a column for every field any of the records has', () => {
    const table = flattenRecords([
      signal(NOON),
      { ...signal(NOON + 1), ...{ late: { x: 1 }, price: 'none' } },
    ]);
    const [header, first, second] = tableToCsv(table).toString().split('\r\n');
    assert.equal(
      header,
      'exchange,symbol,timeframe,candleCloseTime,style,price,signal_type,momentum.momentum_score,momentum.volume_ratio,tags,late.x',
    );
    assert.equal(
      first,
      `demo,BTC/USDT,5m,2026-01-05T12:00:00.000Z,scalp,${100 + (NOON % 7) / 3},STRONG_BUY,61.5,,"[""a"",""b""]",`,
    );
    assert.match(second ?? '', /^demo,BTC\/USDT,5m,2026-01-05T12:00:00.001Z,scalp,none,.*,1$/);
  });
});
