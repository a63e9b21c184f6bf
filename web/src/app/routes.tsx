import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { LoadingState } from '../components/loading-state.tsx';
import { lazyPage } from './lazy-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { PAGE_PATTERNS, symbolOfPath } from './page-paths.ts';

/** The first page brings what it needs by itself, so that it comes as early as it can. */
const ScannerPage = lazy(async () => ({
  default: (await import('../pages/scanner/scanner-page.tsx')).ScannerPage,
}));
const SymbolPage = lazyPage(async () => (await import('../pages/symbol/symbol-page.tsx')).SymbolPage);
const RunsPage = lazyPage(async () => (await import('../pages/runs/runs-page.tsx')).RunsPage);
const BacktestPage = lazyPage(async () => (await import('../pages/backtest/backtest-page.tsx')).BacktestPage);
const ContinuousPage = lazyPage(
  async () => (await import('../pages/continuous/continuous-page.tsx')).ContinuousPage,
);
const AlertsPage = lazyPage(async () => (await import('../pages/alerts/alerts-page.tsx')).AlertsPage);
const ScorecardPage = lazyPage(
  async () => (await import('../pages/scorecard/scorecard-page.tsx')).ScorecardPage,
);
const SettingsPage = lazyPage(async () => (await import('../pages/settings/settings-page.tsx')).SettingsPage);

/** Which page stands at which address. */
export function Routes() {
  return (
    <PageBoundary>
      <Suspense fallback={<LoadingState label="Loading the page" />}>
        <Switch>
          <Route path={PAGE_PATTERNS.scanner}>{() => <ScannerPage />}</Route>
          <Route path={PAGE_PATTERNS.symbol}>
            {({ '*': path }) => <SymbolPage key={path} symbol={symbolOfPath(path)} />}
          </Route>
          <Route path={PAGE_PATTERNS.runs}>{({ runId }) => <RunsPage runId={runId ?? null} />}</Route>
          <Route path={PAGE_PATTERNS.backtest}>{({ jobId }) => <BacktestPage jobId={jobId ?? null} />}</Route>
          <Route path={PAGE_PATTERNS.continuous}>{() => <ContinuousPage />}</Route>
          <Route path={PAGE_PATTERNS.alerts}>{() => <AlertsPage />}</Route>
          <Route path={PAGE_PATTERNS.scorecard}>{() => <ScorecardPage />}</Route>
          <Route path={PAGE_PATTERNS.settings}>{() => <SettingsPage />}</Route>
          <Route>{() => <NotFoundPage />}</Route>
        </Switch>
      </Suspense>
    </PageBoundary>
  );
}
