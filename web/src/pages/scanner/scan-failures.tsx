import type { SymbolFailure } from '@fast-scanner/client';
import { Paper, Text } from '@mantine/core';
import { memo } from 'react';
import { formatCount } from '../../format/format-number.ts';

interface ScanFailuresProps {
  readonly failures: readonly SymbolFailure[];
}

/** Which symbols gave nothing, and why. */
export const ScanFailures = memo(function ScanFailures({ failures }: ScanFailuresProps) {
  if (failures.length === 0) return null;
  return (
    <Paper component="details" withBorder p="sm" mt="sm" fz="sm">
      <summary>{formatCount(failures.length, 'symbol')} could not be read to the end</summary>
      <ul>
        {failures.map(({ symbol, detail }) => (
          <li key={symbol}>
            <b>{symbol}</b>{' '}
            <Text span inherit c="dimmed">
              {detail}
            </Text>
          </li>
        ))}
      </ul>
    </Paper>
  );
});
