import type { ValueKind } from './value-kinds.ts';

interface Described<Value> {
  readonly name: string;
  readonly meaning: string;
  readonly kind: ValueKind<NonNullable<Value>>;
  /** Never printed. */
  readonly isSecret?: true;
}

interface WithDefault {
  /** The text that is read when the variable is unset or empty. */
  readonly default: string;
}

interface WithoutDefault<Value> {
  readonly default: null;
  /** The setting when the variable is unset or empty. */
  readonly whenUnset: Value;
}

/** An environment variable that makes one setting. */
export type ConfigVariable<Value> = Described<Value> & (WithDefault | WithoutDefault<Value>);
