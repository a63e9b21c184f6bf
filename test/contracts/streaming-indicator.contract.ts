import assert from 'node:assert/strict';
import { type Candle, candleAt } from '@fast-scanner/server/analysis/indicators/candle.ts';
import type {
  IndicatorColumn,
  StreamingIndicator,
} from '@fast-scanner/server/analysis/indicators/indicator.ts';
import { type CandleColumns, sliceColumns } from '@fast-scanner/shared';
import fc from 'fast-check';

/** One result, by the names of the batch form's columns. */
export type Values = Readonly<Record<string, number>>;

export interface StreamingSubject {
  readonly name: string;
  /** Candles up to and including the first one with a value in every column. */
  readonly warmup: number;
  /** The batch form. */
  readonly compute: (candles: CandleColumns) => Readonly<Record<string, IndicatorColumn>>;
  /** A new streaming form. */
  readonly create: () => StreamingIndicator<Candle, Values>;
}

/** What every streaming indicator promises, against its batch form. `candles` are arbitrary clean candles with volume. */
export function describeStreamingIndicator(
  { name, warmup, compute, create }: StreamingSubject,
  candles: (lengths: {
    readonly minLength: number;
    readonly maxLength: number;
  }) => fc.Arbitrary<CandleColumns>,
): void {
  const anyLength = candles({ minLength: 0, maxLength: 90 });
  const warm = candles({ minLength: warmup, maxLength: warmup + 60 });

  describe(`streaming indicator ${name}`, () => {
    it('has no result before the first candle', () => {
      assert.equal(create().result, null);
    });

    it('refuses to replace before the first candle, and works afterwards', () => {
      const [columns] = fc.sample(warm, { numRuns: 1, seed: 1 });
      assert.ok(columns);
      const indicator = create();
      assert.throws(() => indicator.replace(candleAt(columns, 0)), /add\(\) first/);
      assert.equal(indicator.result, null);
      assert.deepEqual(addAll(indicator, columns), addAll(create(), columns));
    });

    it('says its warm-up honestly: null on every candle before, a finite result on every one from there on', () => {
      assert.equal(create().warmup, warmup);
      check(warm, (columns) => {
        addAll(create(), columns).forEach((values, index) => {
          if (index + 1 < warmup) assert.equal(values, null);
          else assert.ok(values !== null && Object.values(values).every(Number.isFinite), `at ${index}`);
        });
      });
    });

    it('equals the batch form, to the bit', () => {
      check(anyLength, (columns) => {
        assert.deepEqual(addAll(create(), columns), batchRows(compute(columns), columns.close.length));
      });
    });

    it('forgets what was replaced: only the last reading of each candle counts', () => {
      check(fc.tuple(anyLength, anyLength), ([columns, drafts]) => {
        const indicator = create();
        const results = indices(columns).map((index) => {
          indicator.add(candleAt(index < drafts.close.length ? drafts : columns, index));
          for (let draft = 0; draft < index % 3 && draft < drafts.close.length; draft += 1) {
            indicator.replace(candleAt(drafts, drafts.close.length - 1 - draft));
          }
          return indicator.replace(candleAt(columns, index));
        });
        assert.deepEqual(results, batchRows(compute(columns), columns.close.length));
      });
    });

    it('answers its newest result again', () => {
      check(warm, (columns) => {
        const indicator = create();
        for (const index of indices(columns)) {
          assert.deepEqual(indicator.add(candleAt(columns, index)), indicator.result);
        }
      });
    });

    it('never looks ahead: cutting the future off changes nothing', () => {
      check(fc.tuple(anyLength, fc.nat(90)), ([columns, cut]) => {
        const whole = compute(columns);
        for (const [field, column] of Object.entries(compute(sliceColumns(columns, 0, cut)))) {
          assert.deepEqual(column, whole[field]?.slice(0, cut));
        }
      });
    });
  });
}

function check<Input>(inputs: fc.Arbitrary<Input>, property: (input: Input) => void): void {
  fc.assert(fc.property(inputs, property), { seed: 20_260_105, numRuns: 40 });
}

function indices({ close }: CandleColumns): number[] {
  return [...close.keys()];
}

function addAll(indicator: StreamingIndicator<Candle, Values>, columns: CandleColumns): (Values | null)[] {
  return indices(columns).map((index) => indicator.add(candleAt(columns, index)));
}

/** The batch form's columns as the streaming form's results: null until every column has a value. */
function batchRows(columns: Readonly<Record<string, IndicatorColumn>>, length: number): (Values | null)[] {
  return Array.from({ length }, (_, index) => {
    const entries = Object.entries(columns).map(
      ([field, column]) => [field, column[index] ?? Number.NaN] as const,
    );
    return entries.some(([, value]) => Number.isNaN(value)) ? null : Object.fromEntries(entries);
  });
}
