/** Seeded and bounded, so that a failure can be repeated and the suite stays quick. */
export const PROPERTY_RUNS = { seed: 20_260_105, numRuns: 40 } as const;
