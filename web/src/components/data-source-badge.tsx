import type { DataSource } from '@fast-scanner/client';
import { Badge, Tooltip } from '@mantine/core';

const LABELS = {
  live: { text: 'Live', color: 'teal', help: 'Market data of the exchange itself.' },
  recorded: {
    text: 'Recorded',
    color: 'orange',
    help: 'Recorded market data are replayed; this is not the present.',
  },
  simulated: {
    text: 'Simulated',
    color: 'grape',
    help: 'The market is made up by a simulation; no price is real.',
  },
} as const;

interface DataSourceBadgeProps {
  readonly dataSource: DataSource;
  /** Leaves out the exchange. */
  readonly isShort?: boolean;
}

/** Whose data they are, and whether they are real. Shown wherever there are any. */
export function DataSourceBadge({ dataSource: { exchange, kind }, isShort = false }: DataSourceBadgeProps) {
  const { text, color, help } = LABELS[kind];
  return (
    <Tooltip label={help} events={{ hover: true, focus: true, touch: true }}>
      <Badge color={color} variant="light" autoContrast tt="none" style={{ flexShrink: 0 }}>
        {text}
        {!isShort && ` · ${exchange}`}
      </Badge>
    </Tooltip>
  );
}
