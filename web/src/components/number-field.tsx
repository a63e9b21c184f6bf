import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';

interface NumberFieldProps extends Omit<NumberInputProps, 'value' | 'defaultValue' | 'onChange' | 'onBlur'> {
  readonly value: number;
  /** Told every number that is typed; what is no number yet, such as an emptied field, is not. */
  readonly onChange: (value: number) => void;
}

/** A number that may be emptied while one types. On leaving it holds the last number again, within its limits. */
export function NumberField({ value, onChange, ...input }: NumberFieldProps) {
  const [unfinished, setUnfinished] = useState<string | null>(null);
  return (
    <NumberInput
      {...input}
      value={unfinished ?? value}
      onChange={(next) => {
        setUnfinished(typeof next === 'number' ? null : next);
        if (typeof next === 'number') onChange(next);
      }}
      onBlur={() => setUnfinished(null)}
    />
  );
}
