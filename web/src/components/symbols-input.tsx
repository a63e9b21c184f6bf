import '../app/mantine-styles-later.css';
import { TagsInput, type TagsInputProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useSymbols } from '../hooks/use-symbols.ts';

interface SymbolsInputProps extends Omit<TagsInputProps, 'value' | 'onChange' | 'data'> {
  readonly value: readonly string[];
  readonly onChange: (symbols: readonly string[]) => void;
  /** Whose symbols are proposed; empty: the server's default. */
  readonly exchange?: string;
}

const SETTLE_MS = 150;
const MOST_OPTIONS = 12;

/** Symbols by name: typed or pasted, separated by commas or spaces, with proposals of the exchange. */
export function SymbolsInput({ value, onChange, exchange = '', ...input }: SymbolsInputProps) {
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text.trim(), SETTLE_MS);
  const { data = [] } = useSymbols({
    query,
    exchange: exchange || undefined,
    limit: MOST_OPTIONS,
    isEnabled: query !== '',
  });
  return (
    <TagsInput
      placeholder={value.length === 0 ? 'BTC/USDT, ETH/USDT' : ''}
      clearable
      clearButtonProps={{ 'aria-label': 'Remove all' }}
      splitChars={[',', ';', ' ']}
      acceptValueOnBlur
      {...input}
      value={[...value]}
      onChange={(symbols) => onChange(tidy(symbols))}
      searchValue={text}
      onSearchChange={setText}
      data={query === '' ? [] : data.map(({ symbol }) => symbol)}
      filter={({ options }) => options}
      limit={MOST_OPTIONS}
    />
  );
}

/** In capitals, each once, also those that came as one text. */
function tidy(symbols: readonly string[]): readonly string[] {
  const words = symbols.flatMap((text) => text.toUpperCase().split(/[\s,;]+/));
  return [...new Set(words.filter((word) => word !== ''))];
}
