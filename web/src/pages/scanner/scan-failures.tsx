import type { SymbolFailure } from '@fast-scanner/client';
import { Accordion, List, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { formatCount } from '../../format/format-number.ts';

/** Which symbols gave nothing, and why. */
export function ScanFailures({ failures }: { readonly failures: readonly SymbolFailure[] }) {
  if (failures.length === 0) return null;
  return (
    <Accordion variant="contained" mt="sm">
      <Accordion.Item value="failures">
        <Accordion.Control
          icon={<CircleAlert size={18} color="var(--mantine-color-orange-filled)" aria-hidden />}
        >
          {formatCount(failures.length, 'symbol')} could not be read to the end
        </Accordion.Control>
        <Accordion.Panel>
          <List size="sm" spacing={4}>
            {failures.map(({ symbol, detail }) => (
              <List.Item key={symbol}>
                <b>{symbol}</b>{' '}
                <Text span inherit c="dimmed">
                  {detail}
                </Text>
              </List.Item>
            ))}
          </List>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
