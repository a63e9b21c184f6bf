import { RunView } from './run-view.tsx';
import { RunsOverview } from './runs-overview.tsx';

/** Scan runs: armed, followed, looked up and compared. */
export function RunsPage({ runId }: { readonly runId: string | null }) {
  return runId === null ? <RunsOverview /> : <RunView key={runId} runId={runId} />;
}
