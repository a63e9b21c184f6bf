import { Box } from '@mantine/core';
import { DataSourceBadge } from '../components/data-source-badge.tsx';
import { useDefaultExchange } from '../hooks/use-exchanges.ts';

/** Where the data come from unless a page says otherwise. */
export function DefaultSourceBadge() {
  const exchange = useDefaultExchange();
  if (!exchange) return null;
  const dataSource = { exchange: exchange.id, kind: exchange.kind };
  return (
    <>
      <Box component="span" visibleFrom="sm">
        <DataSourceBadge dataSource={dataSource} />
      </Box>
      <Box component="span" hiddenFrom="sm">
        <DataSourceBadge dataSource={dataSource} isShort />
      </Box>
    </>
  );
}
