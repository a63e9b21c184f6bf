import { NumberField } from '../../components/number-field.tsx';
import { toTitle } from '../../format/to-title.ts';
import type { ParameterInfo } from './use-strategies.ts';

interface ParameterFieldProps {
  readonly parameter: ParameterInfo;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly error: string | null;
}

/** One parameter, with its meaning, range and default in the server's words. */
export function ParameterField({ parameter, ...field }: ParameterFieldProps) {
  const { name, type, min, max, step, help } = parameter;
  return (
    <NumberField
      {...field}
      label={toTitle(name)}
      description={`${help}, ${min} to ${max}; default ${parameter.default}`}
      min={min}
      max={max}
      step={step}
      allowDecimal={type === 'number'}
    />
  );
}
