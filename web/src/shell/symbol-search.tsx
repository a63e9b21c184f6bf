import { Autocomplete, Kbd } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { symbolPath } from '../app/page-paths.ts';
import { useSymbols } from '../hooks/use-symbols.ts';

const SETTLE_MS = 150;
const MOST_OPTIONS = 12;

/** Finds a symbol of the default exchange and opens its page. `/` brings the cursor here, Escape away. */
export function SymbolSearch() {
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text.trim(), SETTLE_MS);
  const [, navigate] = useLocation();
  const field = useRef<HTMLInputElement>(null);
  const { data } = useSymbols({ query, limit: MOST_OPTIONS, isEnabled: query !== '' });
  useHotkeys([['/', () => field.current?.focus(), { usePhysicalKeys: false }]]);

  const open = (symbol: string) => {
    setText('');
    field.current?.blur();
    navigate(symbolPath(symbol));
  };

  return (
    <Autocomplete
      ref={field}
      aria-label="Search a symbol"
      placeholder="Search a symbol"
      leftSection={<Search size={16} aria-hidden />}
      rightSection={<Kbd size="xs">/</Kbd>}
      rightSectionPointerEvents="none"
      value={text}
      onChange={setText}
      onOptionSubmit={open}
      onKeyDown={({ key }) => {
        if (key === 'Escape') field.current?.blur();
      }}
      data={(query === '' ? [] : (data ?? [])).map(({ symbol }) => symbol)}
      filter={({ options }) => options}
      limit={MOST_OPTIONS}
      selectFirstOptionOnChange
    />
  );
}
