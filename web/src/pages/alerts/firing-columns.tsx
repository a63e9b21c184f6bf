import type { Alert } from '@fast-scanner/client';
import { symbolPath } from '../../app/page-paths.ts';
import { DataSourceBadge } from '../../components/data-source-badge.tsx';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { PriceText } from '../../components/price-text.tsx';
import { RowLink } from '../../components/row-link.tsx';
import { TimeText } from '../../components/time-text.tsx';
import classes from './alert-table.module.css';
import { kindLabel } from './alert-words.ts';

export const FIRING_COLUMNS: readonly DataColumn<Alert>[] = [
  {
    id: 'fired',
    header: 'Fired',
    width: '166px',
    value: ({ timestamp }) => timestamp,
    cell: ({ timestamp }) => <TimeText value={timestamp} />,
  },
  {
    id: 'symbol',
    header: 'Symbol',
    width: '124px',
    value: ({ symbol }) => symbol,
    cell: ({ symbol, exchange, timeframe }) => (
      <RowLink href={symbolPath(symbol, { exchange, timeframe })}>{symbol}</RowLink>
    ),
  },
  {
    id: 'change',
    header: 'What happened',
    width: '180px',
    value: ({ change }) => change,
    cell: ({ change }) => kindLabel(change),
  },
  {
    id: 'detail',
    header: 'In detail',
    width: 'minmax(220px, 1fr)',
    cell: ({ detail }) => <span className={classes['detail']}>{detail}</span>,
  },
  {
    id: 'price',
    header: 'Price',
    width: '110px',
    align: 'right',
    cell: ({ price }) => <PriceText value={price} />,
  },
  {
    id: 'timeframe',
    header: 'Candles',
    width: '80px',
    align: 'center',
    cell: ({ timeframe }) => timeframe,
  },
  {
    id: 'rule',
    header: 'Rule',
    width: '120px',
    minTableWidth: 1120,
    value: ({ ruleId }) => ruleId,
    cell: ({ ruleId }) => ruleId,
  },
  {
    id: 'source',
    header: 'Data',
    width: '118px',
    cell: ({ dataSource, exchange }) =>
      dataSource ? <DataSourceBadge dataSource={dataSource} isShort /> : exchange,
  },
];
