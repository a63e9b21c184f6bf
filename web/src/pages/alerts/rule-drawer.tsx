import type { AlertRule } from '@fast-scanner/client';
import { Button, Drawer, Group, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { RuleFields } from './rule-fields.tsx';
import { SaveError } from './save-error.tsx';
import { useSaveRules } from './use-rules.ts';

export interface EditedRule {
  /** Its place among the rules; `null` for a new one. */
  readonly index: number | null;
  readonly rule: AlertRule;
}

interface RuleDrawerProps {
  /** `null`: closed. */
  readonly edited: EditedRule | null;
  readonly rules: readonly AlertRule[];
  readonly onClose: () => void;
}

/** A rule as a form. */
export function RuleDrawer({ edited, rules, onClose }: RuleDrawerProps) {
  return (
    <Drawer
      opened={edited !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={edited?.index === null ? 'New rule' : `Rule ${edited?.rule.id ?? ''}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {edited && <RuleForm edited={edited} rules={rules} onClose={onClose} />}
    </Drawer>
  );
}

interface RuleFormProps extends RuleDrawerProps {
  readonly edited: EditedRule;
}

function RuleForm({ edited, rules, onClose }: RuleFormProps) {
  const [rule, setRule] = useState(edited.rule);
  const save = useSaveRules();
  const place = edited.index ?? rules.length;
  const path = `rules ${place}`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate([...rules.slice(0, place), rule, ...rules.slice(place + 1)], { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit} aria-label="Rule" noValidate>
      <Stack gap="md">
        <RuleFields
          rule={rule}
          onChange={(change) => setRule({ ...rule, ...change })}
          error={save.error}
          path={path}
        />
        {save.error && <SaveError title="The rule was not saved" error={save.error} path={path} />}
        <Group>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
