import assert from 'node:assert/strict';
import { type CsvValue, toCsv } from '@fast-scanner/server/http/to-csv.ts';
import fc from 'fast-check';

const COLUMNS = ['a', 'b', 'c'] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], CsvValue>>;

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const text = fc.oneof(
  fc.string(),
  fc.stringMatching(/^[=+\-@\t\r\n'",;a-c1 ]{0,8}$/),
  fc.string({ unit: 'binary' }),
);
const value: fc.Arbitrary<CsvValue> = fc.oneof(fc.constant(null), finite, text);
const row: fc.Arbitrary<Row> = fc.record({ a: value, b: value, c: value });

/** Cells as a reader that knows RFC 4180 finds them. */
function parse(csv: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < csv.length) {
    const match = cell.exec(csv);
    assert.ok(match, 'every cell ends with a comma or a line break');
    const [, quoted, bare = '', end] = match;
    cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    lines.push(cells);
    cells = [];
  }
  return lines;
}

describe('CSV', () => {
  it('has a header line, CRLF after every line, empty cells for null, and quotes what needs it', () => {
    assert.equal(toCsv(COLUMNS, []), 'a,b,c\r\n');
    const rows = [
      { c: 'last', b: null, a: -12.5 },
      { a: 'Smith, "Joe"', b: 'two\r\nlines', c: 0 },
    ];
    assert.equal(toCsv(COLUMNS, rows), 'a,b,c\r\n-12.5,,last\r\n"Smith, ""Joe""","two\r\nlines",0\r\n');
  });

  it('makes text of what a spreadsheet would execute, and leaves negative numbers numbers', () => {
    const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '=HYPERLINK("http://x","y")'];
    for (const formula of formulas) {
      const csv = toCsv(['a'], [{ a: formula }]);
      assert.equal(csv, `a\r\n"'${formula.replaceAll('"', '""')}"\r\n`);
    }
    assert.equal(toCsv(['a'], [{ a: -1 }, { a: -1e-7 }, { a: 'a=1' }]), 'a\r\n-1\r\n-1e-7\r\na=1\r\n');
  });

  it('gives every value back, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        const [header, ...lines] = parse(toCsv(COLUMNS, rows));
        assert.deepEqual(header, [...COLUMNS]);
        assert.equal(lines.length, rows.length);
        for (const [index, cells] of lines.entries()) {
          for (const [position, column] of COLUMNS.entries()) {
            const written = rows[index]?.[column] ?? null;
            const read = cells[position];
            if (written === null) assert.equal(read, '');
            else if (typeof written === 'number')
              assert.equal(Number(read), written + 0); // there is no -0 in CSV
            else assert.ok(read === written || read === `'${written}`);
            if (typeof written === 'string') assert.doesNotMatch(read ?? '', /^[=+\-@\t\r\n]/);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
