import { Select, type SelectProps } from '@mantine/core';
import { capitalize } from '../format/capitalize.ts';

interface ChoiceSelectProps<Choice extends string>
  extends Omit<SelectProps<Choice>, 'value' | 'data' | 'onChange' | 'label' | 'name'> {
  readonly label: string;
  /** The label is for screen readers alone. */
  readonly hidesLabel?: boolean;
  readonly choices: readonly Choice[];
  /** How a choice is written; default: with a capital. */
  readonly name?: (choice: Choice) => string;
  /** `null`: any. */
  readonly value: Choice | null;
  readonly onChange: (choice: Choice | null) => void;
}

/** Filters by one of a closed list of words, or by none. */
export function ChoiceSelect<Choice extends string>(props: ChoiceSelectProps<Choice>) {
  const { label, hidesLabel = false, choices, name = capitalize, value, onChange, ...select } = props;
  const any = `Any ${label.toLowerCase()}`;
  return (
    <Select<Choice>
      {...(hidesLabel ? { 'aria-label': label } : { label })}
      placeholder={hidesLabel ? any : 'Any'}
      clearable
      clearButtonProps={{ 'aria-label': any }}
      {...select}
      data={choices.map((choice) => ({ value: choice, label: name(choice) }))}
      value={value}
      onChange={onChange}
    />
  );
}
