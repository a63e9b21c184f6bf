import { Checkbox, Group, SimpleGrid } from '@mantine/core';
import { ExchangeSelect } from '../../components/exchange-select.tsx';
import { fieldError } from '../../components/field-error.ts';
import { NumberField } from '../../components/number-field.tsx';
import { SymbolsInput } from '../../components/symbols-input.tsx';
import { type ArmChoice, missingCategory } from './arm-choice.ts';

interface ArmFieldsProps {
  readonly choice: ArmChoice;
  readonly onChange: (change: Partial<ArmChoice>) => void;
  /** The mode's own minimum: a lower one changes nothing. */
  readonly modeMinScore: number;
  /** What the server said to the last try. */
  readonly error: unknown;
}

/** Everything but the mode. */
export function ArmFields(props: ArmFieldsProps) {
  const { choice, onChange, error } = props;
  return (
    <>
      <NumberFields {...props} />
      <Categories choice={choice} onChange={onChange} />
      <SymbolsInput
        label="Exactly these symbols"
        description="Optional. The categories and the number do not apply to them."
        value={choice.symbols}
        onChange={(symbols) => onChange({ symbols })}
        exchange={choice.exchange}
        error={fieldError(error, 'symbols')}
      />
    </>
  );
}

function NumberFields({ choice, onChange, modeMinScore, error }: ArmFieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="sm">
      <ExchangeSelect
        description="Where the symbols are traded"
        value={choice.exchange}
        onChange={(exchange) => onChange({ exchange })}
        error={fieldError(error, 'exchange')}
      />
      <NumberField
        label="Symbols"
        description="The most traded ones, 1 to 100"
        min={1}
        max={100}
        allowDecimal={false}
        disabled={choice.symbols.length > 0}
        value={choice.limit}
        onChange={(limit) => onChange({ limit })}
        error={fieldError(error, 'limit')}
      />
      <NumberField
        label="Minimum score"
        description={`Raises the mode's ${modeMinScore}, never lowers it`}
        min={0}
        max={100}
        value={choice.min_score}
        onChange={(min_score) => onChange({ min_score })}
        error={fieldError(error, 'min_score')}
      />
      <NumberField
        label="Leverage"
        description="Stops behind liquidation fail"
        min={1}
        max={125}
        suffix=" ×"
        allowDecimal={false}
        value={choice.leverage}
        onChange={(leverage) => onChange({ leverage })}
        error={fieldError(error, 'leverage')}
      />
    </SimpleGrid>
  );
}

const CATEGORIES = [
  { name: 'majors', label: 'Majors' },
  { name: 'altcoins', label: 'Altcoins' },
  { name: 'memes', label: 'Memes' },
] as const satisfies readonly { readonly name: keyof ArmChoice; readonly label: string }[];

function Categories({ choice, onChange }: Pick<ArmFieldsProps, 'choice' | 'onChange'>) {
  return (
    <Checkbox.Group
      label="Categories"
      value={CATEGORIES.map(({ name }) => name).filter((name) => choice[name])}
      onChange={(chosen) =>
        onChange({
          majors: chosen.includes('majors'),
          altcoins: chosen.includes('altcoins'),
          memes: chosen.includes('memes'),
        })
      }
      error={missingCategory(choice)}
    >
      <Group gap="lg" mt={4} mb={4}>
        {CATEGORIES.map(({ name, label }) => (
          <Checkbox key={name} value={name} label={label} disabled={choice.symbols.length > 0} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
