import { Select, type SelectProps } from '@mantine/core';
import { useExchanges } from '../hooks/use-exchanges.ts';

interface ExchangeSelectProps extends Omit<SelectProps, 'value' | 'data' | 'onChange'> {
  /** Empty: the server's default. */
  readonly value: string;
  readonly onChange: (exchange: string) => void;
}

/** Which exchange to ask; each says whether its data are real. */
export function ExchangeSelect({ value, onChange, label = 'Exchange', ...select }: ExchangeSelectProps) {
  const { data: exchanges = [] } = useExchanges();
  const fallback = exchanges.find((exchange) => exchange.default)?.id ?? '';
  const options = exchanges.map(({ id, name, kind, health }) => ({
    value: id,
    label: name.toLowerCase().includes(kind) ? name : `${name} · ${kind}`,
    disabled: health.status === 'unconfigured',
  }));
  const isUnknown = value !== '' && !options.some((option) => option.value === value);
  return (
    <Select
      {...select}
      label={label}
      data={isUnknown ? [...options, { value, label: value, disabled: false }] : options}
      value={value || fallback || null}
      onChange={(chosen) => onChange(chosen === fallback ? '' : (chosen ?? ''))}
      allowDeselect={false}
      searchable={false}
      checkIconPosition="right"
    />
  );
}
