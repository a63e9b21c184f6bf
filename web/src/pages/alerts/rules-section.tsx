import type { AlertRule } from '@fast-scanner/client';
import { Button, Group } from '@mantine/core';
import { ListX, Plus, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { DEFAULT_RULES, freeId, newRule } from './default-rules.ts';
import { type EditedRule, RuleDrawer } from './rule-drawer.tsx';
import { RuleTable } from './rule-table.tsx';
import { useRules, useSaveRules } from './use-rules.ts';

/** What the scanner watches for, to be changed. */
export function RulesSection() {
  const { data: rules, error, refetch } = useRules();
  const save = useSaveRules();
  const [edited, setEdited] = useState<EditedRule | null>(null);
  if (error && !rules) {
    return <ErrorState title="The rules are not known" error={error} onRetry={() => void refetch()} />;
  }
  if (!rules) return <LoadingState label="Loading the rules" />;
  const ids = rules.map(({ id }) => id);
  const add = () => setEdited({ index: null, rule: newRule(freeId('my-rule', ids)) });
  return (
    <Section
      title="Rules"
      description="Each tells once per symbol, timeframe and candle. What is changed is in effect with the next scan."
      actions={<Actions onReset={() => save.mutate(DEFAULT_RULES)} onAdd={add} />}
    >
      {save.error && (
        <ErrorState
          title="The rules were not changed"
          error={save.error}
          onRetry={() => save.mutate(save.variables)}
        />
      )}
      {rules.length === 0 ? (
        <EmptyState title="No rule" icon={ListX}>
          Nothing is watched for. Add a rule, or take the defaults.
        </EmptyState>
      ) : (
        <RuleTable
          rules={rules}
          isSaving={save.isPending}
          onSwitch={(index, enabled) => save.mutate(replaceAt(rules, index, { enabled }))}
          onEdit={(index, rule) => setEdited({ index, rule })}
          onDelete={(index) => save.mutate(rules.filter((_, at) => at !== index))}
        />
      )}
      <RuleDrawer edited={edited} rules={rules} onClose={() => setEdited(null)} />
    </Section>
  );
}

interface ActionsProps {
  readonly onReset: () => void;
  readonly onAdd: () => void;
}

function Actions({ onReset, onAdd }: ActionsProps) {
  return (
    <Group gap="xs">
      <ConfirmButton
        label="Reset to defaults"
        icon={RotateCcw}
        question="Replace all rules by the six defaults?"
        onConfirm={onReset}
      />
      <Button size="xs" leftSection={<Plus size={14} aria-hidden />} onClick={onAdd}>
        Add a rule
      </Button>
    </Group>
  );
}

function replaceAt(
  rules: readonly AlertRule[],
  index: number,
  change: Partial<AlertRule>,
): readonly AlertRule[] {
  return rules.map((rule, at) => (at === index ? { ...rule, ...change } : rule));
}
