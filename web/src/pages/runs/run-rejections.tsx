import type { ScanRun } from '@fast-scanner/client/react';
import { Accordion } from '@mantine/core';
import { useMemo } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { Section } from '../../components/section.tsx';
import { formatCount, formatNumber, formatShare } from '../../format/format-number.ts';
import { textField, useSearchState } from '../../hooks/use-search-state.ts';
import { REASON_TEXTS } from './rejection-labels.ts';
import { type ReasonGroup, toReasonGroups } from './rejection-reasons.ts';
import { RejectionTable } from './rejection-table.tsx';
import classes from './run-rejections.module.css';

const FIELDS = { reason: textField() };

/** Why the other symbols are no signals; each reason opens to its symbols. */
export function RunRejectionsSection({ run: { rejections, exchange } }: { readonly run: ScanRun }) {
  const [{ reason }, change] = useSearchState(FIELDS);
  const groups = useMemo(() => toReasonGroups(rejections), [rejections]);
  const { total_rejected: total } = rejections;
  return (
    <Section
      title="Rejections"
      description={
        total > 0 && `${formatCount(total, 'symbol')}; open a reason to see which, and how near they were.`
      }
    >
      {groups.length === 0 ? (
        <EmptyState title="No rejection yet">Each stands here as soon as it is known.</EmptyState>
      ) : (
        <Accordion
          variant="separated"
          value={reason || null}
          onChange={(opened) => change({ reason: opened ?? '' })}
        >
          {groups.map((group) => (
            <Accordion.Item key={group.reason} value={group.reason}>
              <Accordion.Control>
                <ReasonBar {...group} />
              </Accordion.Control>
              <Accordion.Panel>
                <RejectionTable group={group} exchange={exchange} />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      )}
    </Section>
  );
}

function ReasonBar({ reason, count, share }: ReasonGroup) {
  return (
    <span className={classes['reason']}>
      <span className={classes['label']}>{REASON_TEXTS[reason].label}</span>
      <span className={classes['track']} aria-hidden>
        <span className={classes['fill']} style={{ width: `${share * 100}%` }} />
      </span>
      <span className={classes['count']}>
        {formatNumber(count)} <span className={classes['share']}>{formatShare(share)}</span>
      </span>
    </span>
  );
}
