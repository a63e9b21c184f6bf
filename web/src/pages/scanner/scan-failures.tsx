import type { SymbolFailure } from '@fast-scanner/client';
import { Paper, Text } from '@mantine/core';
import { formatCount } from '../../format/format-number.ts';

/** Which symbols gave nothing, and why. */
export function ScanFailures({ failures }: { readonly failures: readonly SymbolFailure[] }) {
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
}
