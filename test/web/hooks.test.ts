import assert from 'node:assert/strict';
import { createElement, type ReactNode } from 'react';
import { useSteadyOrder } from '../../web/src/components/data-table/use-steady-order.ts';
import { type BrowserPage, openBrowserPage } from '../client-sdk/react/browser-page.ts';

interface Row {
  readonly id: string;
  readonly score: number;
}

interface Filters {
  readonly q: string;
  readonly limit: number;
  readonly timeframe: '1h' | '4h';
}

const rowId = ({ id }: Row) => id;
const A: Row = { id: 'a', score: 1 };
const B: Row = { id: 'b', score: 2 };
const C: Row = { id: 'c', score: 3 };

describe('the hooks of the dashboard', () => {
  let page: BrowserPage;
  let library: typeof import('@testing-library/react/pure.js');

  before(async () => {
    page = openBrowserPage();
    library = await import('@testing-library/react/pure.js'); // it looks for a page when it is imported
  });
  afterEach(() => library.cleanup());
  after(() => page.close());

  describe('useSteadyOrder', () => {
    const open = (rows: readonly Row[]) => {
      const initialProps = { rows, rowId, isHeld: false, orderKey: 'score' };
      const { result, rerender } = library.renderHook(useSteadyOrder<Row>, { initialProps });
      const show = (change: Partial<typeof initialProps>) => rerender(Object.assign(initialProps, change));
      const seen = () => [result.current.rows.map(rowId).join(''), result.current.news];
      return { result, show, seen };
    };

    it('keeps rows in their place while they are pointed at, with what is new in them', () => {
      const { result, show, seen } = open([A, B]);
      show({ isHeld: true });
      const newer = { id: 'b', score: 0 };
      show({ rows: [newer, C, A] });
      assert.deepEqual(seen(), ['ab', 2]);
      assert.equal(result.current.rows[1], newer);
      show({ isHeld: false });
      assert.deepEqual(seen(), ['bca', 0]);
    });

    it('puts everything in its newest place on demand, and holds that', () => {
      const { result, show, seen } = open([A, B]);
      show({ isHeld: true });
      show({ rows: [C, A, B] });
      assert.deepEqual(seen(), ['ab', 1]);
      library.act(() => result.current.release());
      assert.deepEqual(seen(), ['cab', 0]);
      show({ rows: [B, A, C] });
      assert.deepEqual(seen()[0], 'cab');
    });

    it('leaves out what is gone, and follows another order at once', () => {
      const { show, seen } = open([A, B, C]);
      show({ isHeld: true });
      show({ rows: [C, A] });
      assert.deepEqual(seen()[0], 'ac');
      show({ orderKey: 'name' });
      assert.deepEqual(seen(), ['ca', 0]);
    });

    it('says nothing of rows that changed where they stand', () => {
      const { show, seen } = open([A, B]);
      show({ isHeld: true });
      show({ rows: [{ ...A, score: 9 }, B] });
      assert.deepEqual(seen(), ['ab', 0]);
    });
  });

  describe('useSearchState', () => {
    it('keeps filters in the address, without what is the default', async () => {
      const { memoryLocation } = await import('wouter/memory-location');
      const { Router } = await import('wouter');
      const { numberField, optionField, textField, useSearchState } = await import(
        '../../web/src/hooks/use-search-state.ts'
      );
      const fields = { q: textField(), limit: numberField(20), timeframe: optionField(['1h', '4h'], '1h') };
      const place = memoryLocation({
        path: '/runs',
        searchPath: 'limit=7&timeframe=none&other=1',
        record: true,
      });
      const wrapper = ({ children }: { readonly children: ReactNode }) =>
        createElement(Router, { hook: place.hook, searchHook: place.searchHook, children });
      const { result } = library.renderHook(() => useSearchState<Filters>(fields), { wrapper });
      assert.deepEqual(result.current[0], { q: '', limit: 7, timeframe: '1h' });
      library.act(() => {
        result.current[1]({ q: 'a&b', limit: 20 });
        result.current[1]({ timeframe: '4h' });
      });
      assert.deepEqual(place.history, ['/runs?timeframe=4h&other=1&q=a%26b']);
      assert.deepEqual(result.current[0], { q: 'a&b', limit: 20, timeframe: '4h' });
    });
  });
});
