import { CloseButton, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { capitalize } from '../../format/capitalize.ts';
import { JOB_STATUSES } from '../../format/job-status.ts';
import type { HistoryChoice } from './history-choice.ts';
import { useModes } from './use-modes.ts';

interface HistoryFiltersProps {
  readonly choice: HistoryChoice;
  readonly onChange: (change: Partial<HistoryChoice>) => void;
}

const STATUSES = JOB_STATUSES.map((value) => ({ value, label: capitalize(value) }));

/** Which runs are listed. */
export function HistoryFilters({ choice, onChange }: HistoryFiltersProps) {
  const { data } = useModes();
  const modes = (data?.modes ?? []).map(({ mode }) => ({ value: mode, label: capitalize(mode) }));
  return (
    <Group gap="sm" align="flex-end">
      <HistorySearch text={choice.q} onSearch={(q) => onChange({ q })} />
      <Select
        label="Status"
        placeholder="Any"
        clearable
        clearButtonProps={{ 'aria-label': 'Any status' }}
        data={STATUSES}
        value={choice.status}
        onChange={(value) => onChange({ status: JOB_STATUSES.find((status) => status === value) ?? null })}
        w={150}
      />
      <Select
        label="Mode of the run"
        placeholder="Any"
        clearable
        clearButtonProps={{ 'aria-label': 'Any mode' }}
        data={modes}
        value={choice.was || null}
        onChange={(mode) => onChange({ was: mode ?? '' })}
        w={150}
      />
    </Group>
  );
}

const SETTLE_MS = 250;

interface HistorySearchProps {
  readonly text: string;
  readonly onSearch: (text: string) => void;
}

/** The server searches, once one has stopped typing. */
function HistorySearch({ text, onSearch }: HistorySearchProps) {
  const [typed, setTyped] = useState(text);
  const search = useDebouncedCallback((query: string) => onSearch(query.trim()), SETTLE_MS);
  const type = (query: string) => {
    setTyped(query);
    search(query);
  };
  return (
    <TextInput
      label="Search"
      placeholder="Symbol, exchange, mode or id"
      leftSection={<Search size={16} aria-hidden />}
      rightSection={
        typed !== '' && <CloseButton size="sm" aria-label="Clear the search" onClick={() => type('')} />
      }
      value={typed}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      maxLength={64}
      flex="1 1 220px"
      maw={360}
    />
  );
}
