/** The oldest SQLite that is free of the WAL bugs of its predecessors. */
const OLDEST = [3, 51, 3] as const;

/** @throws Error when `version`, such as `3.53.0`, is too old */
export function assertSqliteVersion(version: string): void {
  const parts = version.split('.').map(Number);
  const difference = OLDEST.map((part, index) => (parts[index] ?? 0) - part).find((delta) => delta !== 0);
  if (difference !== undefined && !(difference > 0))
    throw new Error(`SQLite ${OLDEST.join('.')} or newer is needed, this is ${version}`);
}
