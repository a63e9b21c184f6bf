import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  isNyseSession,
  lastClosedSession,
  nyseSessions,
} from '@fast-scanner/server/market-data/sessions/nyse-sessions.ts';

const SPY = '../shared/data/stocks/SPY_1999-2020.csv.gz';
const HOUR = 3_600_000;

const at = (date: string) => Date.parse(date);
const dates = (times: readonly number[]) => times.map((time) => new Date(time).toISOString().slice(0, 10));

describe('the sessions of the New York Stock Exchange', () => {
  it('are 252 in 2024, which has ten holidays on weekdays', () => {
    assert.equal(nyseSessions(at('2024-01-01'), at('2025-01-01')).length, 252);
  });

  const closed = {
    'New Year': ['2024-01-01', '2023-01-02'],
    'Martin Luther King Day': ['2024-01-15', '2026-01-19'],
    'Washington’s Birthday': ['2024-02-19', '2026-02-16'],
    'Good Friday': ['2024-03-29', '2018-03-30', '2038-04-23'],
    'Memorial Day': ['2024-05-27', '2021-05-31'],
    Juneteenth: ['2024-06-19', '2022-06-20', '2027-06-18'],
    'Independence Day': ['2024-07-04', '2021-07-05', '2020-07-03'],
    'Labor Day': ['2024-09-02', '2025-09-01'],
    Thanksgiving: ['2024-11-28', '2025-11-27'],
    Christmas: ['2024-12-25', '2022-12-26', '2021-12-24'],
    'days of mourning and storms': ['2001-09-13', '2012-10-29', '2018-12-05', '2025-01-09'],
    weekends: ['2024-03-02', '2024-03-03'],
  };
  for (const [reason, days] of Object.entries(closed)) {
    it(`leave out ${reason}`, () => {
      for (const day of days) assert.equal(isNyseSession(at(day)), false, day);
    });
  }

  it('take place on half days, on Juneteenth before it was a holiday, and on the Friday before a New Year on a Saturday', () => {
    for (const day of ['2024-11-29', '2024-12-24', '2018-06-19', '2021-12-31', '2010-12-31']) {
      assert.equal(isNyseSession(at(day)), true, day);
    }
  });

  it('are dates: no moment within a day is one', () => {
    assert.equal(isNyseSession(at('2024-03-04') + HOUR), false);
    assert.deepEqual(dates(nyseSessions(at('2024-03-01') + HOUR, at('2024-03-05'))), ['2024-03-04']);
  });

  it('have a closed candle once their date is over in UTC', () => {
    const newest = (time: number) => dates([lastClosedSession(time)]);
    assert.deepEqual(newest(at('2024-03-09') - 1), ['2024-03-07']);
    assert.deepEqual(newest(at('2024-03-09')), ['2024-03-08']);
    assert.deepEqual(newest(at('2024-03-12') - 1), ['2024-03-08']);
    assert.deepEqual(newest(at('2001-09-18') - 1), ['2001-09-10']);
  });

  it('are those on which SPY was traded for twenty years', function () {
    if (!existsSync(SPY)) {
      console.log('    skipped: no recorded data');
      this.skip();
    }
    const rows = gunzipSync(readFileSync(SPY)).toString('latin1').trim().split('\n').slice(1);
    const traded = rows.map((row) => at(row.slice(0, 10)));
    assert.deepEqual(nyseSessions(traded[0] ?? 0, (traded.at(-1) ?? 0) + 1), traded);
  });
});
