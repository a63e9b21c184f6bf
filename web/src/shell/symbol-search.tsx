import { Autocomplete, Kbd } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
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

  const symbols = query === '' ? [] : (data ?? []).map(({ symbol }) => symbol);

  const open = (symbol: string) => {
    setText('');
    field.current?.blur();
    navigate(symbolPath(symbol));
  };

  const onKeyDown = ({ key, currentTarget }: KeyboardEvent<HTMLInputElement>) => {
    if (key === 'Escape') currentTarget.blur();
    const [first] = symbols;
    const isChosen = currentTarget.hasAttribute('aria-activedescendant'); // then the list opens it
    if (key === 'Enter' && first !== undefined && !isChosen) open(first);
  };

  return (
    <Autocomplete
      ref={field}
      aria-label="Search a symbol"
      placeholder="Search a symbol"
      leftSection={<Search size={16} aria-hidden />}
      rightSection={
        <Kbd size="xs" visibleFrom="sm">
          /
        </Kbd>
      }
      rightSectionPointerEvents="none"
      value={text}
      onChange={setText}
      onOptionSubmit={open}
      onKeyDown={onKeyDown}
      data={symbols}
      filter={({ options }) => options}
      limit={MOST_OPTIONS}
    />
  );
}
