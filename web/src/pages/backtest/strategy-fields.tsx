import { Button, Group, Select, SimpleGrid, Text } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { fieldError } from '../../components/field-error.ts';
import type { FormFields } from './form-fields.ts';
import { ParameterField } from './parameter-field.tsx';
import type { StrategyInfo } from './use-strategies.ts';

interface StrategyFieldsProps extends FormFields {
  readonly strategies: readonly StrategyInfo[];
  readonly strategy: StrategyInfo | undefined;
}

/** The strategy and its parameters, as the server describes them. */
export function StrategyFields({ strategies, strategy, choice, onChange, error }: StrategyFieldsProps) {
  const { parameters } = choice;
  const first = strategies[0]?.id;
  return (
    <>
      <Select
        label="Strategy"
        data={strategies.map(({ id, title }) => ({ value: id, label: title }))}
        value={strategy?.id ?? null}
        onChange={(id) => onChange({ strategy: id === first ? '' : (id ?? ''), parameters: {} })}
        allowDeselect={false}
        error={fieldError(error, 'strategy')}
        maw={420}
      />
      {strategy && <Text size="sm">{strategy.description}</Text>}
      {strategy && strategy.parameters.length > 0 && (
        <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="sm">
          {strategy.parameters.map((parameter) => (
            <ParameterField
              key={parameter.name}
              parameter={parameter}
              value={parameters[parameter.name] ?? parameter.default}
              onChange={(value) => onChange({ parameters: { ...parameters, [parameter.name]: value } })}
              error={fieldError(error, `parameters ${parameter.name}`)}
            />
          ))}
        </SimpleGrid>
      )}
      {Object.keys(parameters).length > 0 && (
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<RotateCcw size={14} aria-hidden />}
            onClick={() => onChange({ parameters: {} })}
          >
            Back to the strategy's defaults
          </Button>
        </Group>
      )}
    </>
  );
}
