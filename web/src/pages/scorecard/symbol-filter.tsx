import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

const SETTLE_MS = 400;

interface SymbolFilterProps {
  readonly symbol: string;
  readonly onChange: (symbol: string) => void;
}

/** The whole name of a symbol; it is asked for once one has stopped typing. */
export function SymbolFilter({ symbol, onChange }: SymbolFilterProps) {
  const [typed, setTyped] = useState(symbol);
  const [known, setKnown] = useState(symbol);
  const change = useDebouncedCallback((text: string) => onChange(text.trim().toUpperCase()), SETTLE_MS);
  if (known !== symbol) {
    setKnown(symbol);
    if (typed.trim().toUpperCase() !== symbol) setTyped(symbol); // cleared from outside
  }
  const type = (text: string) => {
    setTyped(text);
    change(text);
  };
  return (
    <TextInput
      label="Symbol"
      placeholder="BTC/USDT"
      value={typed}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      rightSection={
        typed !== '' && <CloseButton size="sm" aria-label="Any symbol" onClick={() => type('')} />
      }
      w={150}
    />
  );
}
