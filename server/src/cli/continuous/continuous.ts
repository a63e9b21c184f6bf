import type { ScannerClient } from '@fast-scanner/client';
import type { StartContinuousInput } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { formatSeconds } from '../format-cells.ts';
import { reportFailure } from '../server/report-failure.ts';
import { withServer } from '../server/with-server.ts';
import { untilAborted } from '../until-aborted.ts';
import { ContinuousFeed } from './continuous-feed.ts';
import type { ContinuousOptions } from './continuous-options.ts';
import { followContinuous } from './follow-continuous.ts';
import { startOrJoin } from './join-scanner.ts';
import { planContinuous } from './plan-continuous.ts';

interface Session {
  readonly client: ScannerClient;
  readonly request: StartContinuousInput;
  readonly options: ContinuousOptions;
  /** Whether the scanner ends with the command. */
  readonly endsWithCommand: boolean;
}

/** Shows what the continuous scanner tells until Ctrl-C; answers the exit code. */
export async function continuous(options: ContinuousOptions, context: CliContext): Promise<number> {
  try {
    const request = planContinuous(options);
    return await withServer(options, context, {
      work: (client, place) => {
        const endsWithCommand = place === 'process' || options.stopOnExit === true;
        return watch({ client, request, options, endsWithCommand }, context);
      },
    });
  } catch (error) {
    // No document: with --json every line is one of its own.
    return reportFailure(error, {}, context);
  }
}

async function watch(session: Session, context: CliContext): Promise<number> {
  const { client, request, options, endsWithCommand } = session;
  const { minScore, json = false } = options;
  const { stderr } = context;
  context.signal.throwIfAborted();
  const signal = AbortSignal.any([context.signal, whenUnread(context)]);
  const feed = new ContinuousFeed(client, minScore);
  let isFollowing = false;
  try {
    await untilAborted(feed.ready, signal);
    const hasStarted = await startOrJoin(client, request);
    isFollowing = true;
    const footer = endsWithCommand
      ? 'Ctrl-C stops the scanner'
      : 'Ctrl-C leaves; the scanner goes on at the server';
    await followContinuous({ client, feed, hasStarted, minScore, json, footer, signal }, context);
    isFollowing = false;
    stderr.write('The continuous scanner was stopped by somebody else.\n');
    return EXIT_CODES.failed;
  } catch (error) {
    if (!isFollowing || !signal.aborted || error !== signal.reason) throw error;
    return EXIT_CODES.ok;
  } finally {
    feed.close();
    if (isFollowing) await leave(session, context);
  }
}

async function leave({ client, endsWithCommand }: Session, { stderr }: CliContext): Promise<void> {
  if (!endsWithCommand) {
    stderr.write('It goes on at the server; fast-scanner continuous stop ends it.\n');
    return;
  }
  const { uptime_s } = await client.continuous.stop();
  const duration = uptime_s === null ? '' : ` after ${formatSeconds(uptime_s * 1000)}`;
  stderr.write(`The continuous scanner was stopped${duration}.\n`);
}

/** Aborted when nobody reads standard output any more, as with `| head`. */
function whenUnread({ stdout }: CliContext): AbortSignal {
  const unread = new AbortController();
  stdout.on('error', (error) => unread.abort(error)); // kept: what is written afterwards fails as well
  return unread.signal;
}
