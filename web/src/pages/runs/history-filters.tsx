import { JOB_STATUSES, RUN_MODE_NAMES } from '@fast-scanner/client';
import { CloseButton, Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { ChoiceSelect } from '../../components/choice-select.tsx';
import type { HistoryChoice } from './history-choice.ts';

interface HistoryFiltersProps {
  readonly choice: HistoryChoice;
  readonly onChange: (change: Partial<HistoryChoice>) => void;
}

/** Which runs are listed. */
export function HistoryFilters({ choice, onChange }: HistoryFiltersProps) {
  return (
    <Group gap="sm" align="flex-end">
      <HistorySearch text={choice.q} onSearch={(q) => onChange({ q })} />
      <ChoiceSelect
        label="Status"
        choices={JOB_STATUSES}
        value={choice.status}
        onChange={(status) => onChange({ status })}
        w={150}
      />
      <ChoiceSelect
        label="Mode of the run"
        choices={RUN_MODE_NAMES}
        value={choice.was}
        onChange={(was) => onChange({ was })}
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
