/** How much of what was ever said of a record somebody may see: decided by what decides about the record itself, and by its history. */
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Body } from '../../shared/core/bodies.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import { publicSince } from '../../shared/core/disclosures.ts';
import { type Statement, statementKey, statementPrefix } from '../../shared/core/log/outbox.ts';
import type { StatedKind } from '../../shared/core/log/publicForms.ts';
import type { Sight } from '../../shared/core/log/revealed.ts';
import { NotFoundError } from '../../shared/errors.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { loadVisible as loadDisclosure } from '../disclosures/load.ts';
import { loadVisible as loadDocument } from '../documents/load.ts';
import { loadVisible as loadMeeting } from '../meetings/load.ts';
import { loadVisible as loadResolution } from '../resolutions/load.ts';
import { loadKnown as loadReturn } from '../returns/load.ts';
import { loadVisible as loadSeat } from '../seats/load.ts';
import { loadSupport } from '../support/load.ts';
import { loadBallot } from '../votes/loadBallot.ts';

interface Look {
  readonly records: RecordStore;
  readonly caller: Caller;
  readonly now: Instant;
}

/** `none` for a record that is not there, or not for the caller. */
export async function sightOf(kind: StatedKind, id: string, look: Look): Promise<Sight> {
  try {
    return await sights[kind](id, look);
  } catch (error) {
    if (error instanceof NotFoundError) return 'none';
    throw error;
  }
}

/** Where a record was public from its first day on, and stays so. */
const always = async (): Promise<Sight> => 'all';

const sights: Readonly<Record<StatedKind, (id: string, look: Look) => Promise<Sight>>> = {
  organisation: always,
  body: always,
  rulebook: always,
  'retention-schedule': always,
  'log-key': always,

  async seat(id, { records, caller }) {
    const { seat, body } = await loadSeat(records, id, caller);
    return may(caller, 'see unpublished seats') ? 'all' : sightOfSeats(records, seat.data.bodyId, body);
  },

  async disclosure(id, { records, caller, now }) {
    const { data } = await loadDisclosure(records, id, caller, now);
    if (may(caller, 'see unpublished disclosures')) return 'all';
    return data.withdrawal === null ? { since: publicSince(data) } : 'latest';
  },

  // The public sees what a document is, not what it was called before somebody published it.
  async document(id, { records, caller, now }) {
    const { sees } = await loadDocument(records, id, caller, now);
    return sees === 'all' ? 'all' : 'latest';
  },

  // Nothing is said of one before it is adopted, nor while it is confidential.
  async resolution(id, { records, caller, now }) {
    await loadResolution(records, id, caller, now);
    return 'all';
  },

  // What a meeting was called, how somebody voted first, and what a supporter agreed to once, is history that nobody else is shown.
  async meeting(id, { records, caller }) {
    await loadMeeting(records, id, caller);
    return 'latest';
  },

  async ballot(id, { records, caller, now }) {
    await loadBallot(records, id, caller, now);
    return 'latest';
  },

  async return(id, { records, caller }) {
    await loadReturn(records, id, caller);
    return 'latest';
  },

  async support(id, { records, caller }) {
    await loadSupport(records, id, caller);
    return 'latest';
  },
};

/** So many statements of a body are looked through for the one since which it publishes its seats; of longer histories less is shown. */
const mostLookedThrough = 100;

async function sightOfSeats(records: RecordStore, bodyId: string, { publishesSeats }: Body): Promise<Sight> {
  if (!publishesSeats) return 'none';
  const { partition } = statementKey({ kind: 'body', id: bodyId, version: 1 });
  const query = { table: 'records', partition, prefix: statementPrefix } as const;
  const { items } = await records.query({ ...query, order: 'descending', limit: mostLookedThrough });
  const said = items.map(({ data }) => data as unknown as Statement);
  const last = said.findIndex(({ content }) => content.publishesSeats !== true);
  const hidden = last === -1 ? said.length : last;
  const first = hidden === 0 ? undefined : said.at(hidden - 1);
  return first === undefined ? 'latest' : { since: first.at };
}
