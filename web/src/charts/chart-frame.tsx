import { Anchor, Box, Text } from '@mantine/core';
import type { RefObject } from 'react';

interface ChartFrameProps {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly label: string;
  readonly height: number;
}

/** The place of a chart, with its description and the credit that its library asks for. */
export function ChartFrame({ element, label, height }: ChartFrameProps) {
  return (
    <Box>
      <div ref={element} role="img" aria-label={label} style={{ height }} />
      <Text size="xs" c="dimmed" ta="right">
        Chart by{' '}
        <Anchor
          href="https://www.tradingview.com/"
          target="_blank"
          rel="noreferrer"
          inherit
          c="dimmed"
          underline="always"
        >
          TradingView
        </Anchor>
      </Text>
    </Box>
  );
}
