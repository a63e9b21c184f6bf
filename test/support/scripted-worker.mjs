import { workerData } from 'piscina';

/** A worker entry whose functions do as they are called. */
export const tellData = () => ({ ok: true, result: workerData });

export const refuse = (detail) => ({ ok: false, code: 'insufficient_data', detail });

export const loop = () => {
  for (;;);
};

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms, { ok: true, result: ms }));
