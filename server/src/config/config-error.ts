/** One variable that cannot be used. */
export interface ConfigProblem {
  /** Name of the variable. */
  readonly variable: string;
  readonly detail: string;
}

/** Everything that is wrong with the environment, at once. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ variable, detail }) => `${variable}: ${detail}`).join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
