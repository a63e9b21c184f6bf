import type { StoredEvent } from '../store/store.ts';

/** The events of one commit in one stream. */
export interface Publication {
  readonly streamId: string;
  readonly events: readonly StoredEvent[];
  /** Whether the last of the events ends the stream. */
  readonly terminal: boolean;
}

interface Held {
  readonly publication: Publication;
  /** The youngest commit that had begun when this one was answered. */
  readonly youngest: number;
  readonly onPublished: () => void;
}

/** What is under way in one stream. */
interface Line {
  /** Commits without an answer, the oldest first. */
  readonly open: Set<number>;
  /** In seq order. */
  readonly held: Held[];
}

/**
 * Publishes what overlapping commits wrote in seq order, whatever order the store answers them in.
 *
 * A commit that begins after another was answered gets the higher seqs. So a publication waits only for those commits to its
 * stream that had begun before it was answered.
 */
export class PublishOrder {
  readonly #publish: (publication: Publication) => void;
  readonly #lines = new Map<string, Line>();
  #youngest = 0;

  constructor(publish: (publication: Publication) => void) {
    this.#publish = publish;
  }

  /** Call it before a commit to these streams; answers the commit's number for `end`. */
  begin(streamIds: ReadonlySet<string>): number {
    this.#youngest += 1;
    for (const streamId of streamIds) {
      const line = this.#lines.get(streamId) ?? { open: new Set(), held: [] };
      this.#lines.set(streamId, line);
      line.open.add(this.#youngest);
    }
    return this.#youngest;
  }

  /** Call it when the commit was answered, with nothing to publish if it was refused. Resolves when all is published. */
  async end(
    commit: number,
    streamIds: ReadonlySet<string>,
    publications: readonly Publication[],
  ): Promise<void> {
    const published = publications.map((publication) => this.#hold(publication));
    for (const streamId of streamIds) {
      this.#lines.get(streamId)?.open.delete(commit);
      this.#release(streamId);
    }
    await Promise.all(published);
  }

  #hold(publication: Publication): Promise<void> {
    return new Promise((onPublished) => {
      const held = this.#lines.get(publication.streamId)?.held;
      held?.push({ publication, youngest: this.#youngest, onPublished });
      held?.sort((left, right) => firstSeq(left) - firstSeq(right));
    });
  }

  #release(streamId: string): void {
    const line = this.#lines.get(streamId);
    if (!line) return;
    const [oldestOpen = Number.POSITIVE_INFINITY] = line.open;
    while (line.held[0] && line.held[0].youngest < oldestOpen) {
      const { publication, onPublished } = line.held[0];
      line.held.shift();
      this.#publish(publication);
      onPublished();
    }
    if (line.open.size === 0 && line.held.length === 0) this.#lines.delete(streamId);
  }
}

function firstSeq({ publication }: Held): number {
  return publication.events[0]?.seq ?? 0;
}
