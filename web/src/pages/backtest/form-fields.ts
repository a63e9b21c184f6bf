import type { TestChoice } from './test-choice.ts';

/** What every part of the form is given. */
export interface FormFields {
  readonly choice: TestChoice;
  readonly onChange: (change: Partial<TestChoice>) => void;
  /** What the server said to the last try. */
  readonly error: unknown;
}
