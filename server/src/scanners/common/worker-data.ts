/** What the pool handed to this thread. */
export { workerData } from 'piscina';
