/** Pages of lists of resolutions, as the caller may see them. */
import type { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Resolution, ResolutionCard } from '../../shared/core/decisions/resolutions.ts';
import { type ListRequest, readEach, readPage } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readNames } from '../people/readNames.ts';
import { maySee, seesAllOf, seesWhoActs } from './load.ts';

type Entry = Answer<typeof resolutionsRoutes.listRegister>['items'][number];

const cardIn = ({ data }: { readonly data: object }) => data as unknown as ResolutionCard;

/**
 * One page of a list. Up to two reads more, where there are names to show or other resolutions to look at.
 *
 * @param keep what of the list is shown at all; `isInsider` for whoever sees all that its body has before it.
 */
export async function readCards(
  records: RecordStore,
  request: Omit<ListRequest, 'keep'>,
  { caller, now }: { readonly caller: Caller; readonly now: Instant },
  keep: (card: ResolutionCard, isInsider: boolean) => boolean,
): Promise<{ readonly items: Entry[]; readonly next: string | null }> {
  const isInsider = ({ bodyId }: ResolutionCard) => seesAllOf(caller, bodyId);
  const { items, next } = await readPage(records, {
    ...request,
    keep: item => keep(cardIn(item), isInsider(cardIn(item))),
  });
  return { items: await presentCards(records, items.map(cardIn), { caller, now }), next };
}

/** Cards as the caller may see them. None of an amendment whose motion is confidential. */
export async function presentCards(
  records: RecordStore,
  cards: readonly ResolutionCard[],
  { caller, now }: { readonly caller: Caller; readonly now: Instant },
): Promise<Entry[]> {
  const isInsider = ({ bodyId }: ResolutionCard) => seesAllOf(caller, bodyId);
  // Insiders see whatever their resolutions are about: it is of the same body.
  const about = cards
    .filter(card => !isInsider(card))
    .flatMap(({ later, amending }) => [later?.resolutionId, amending]);
  const others = await readEach<Resolution>(
    records,
    'resolution',
    about.flatMap(id => id ?? []),
  );
  // Cards of several bodies are listed for those only who see who acts in all of them.
  const [first] = cards;
  const seesWho = first !== undefined && (await seesWhoActs(records, caller, first.bodyId));
  const names = await readNames(records, seesWho ? cards.flatMap(({ due }) => due?.personId ?? []) : []);
  return cards.flatMap((card): Entry[] => {
    const inside = isInsider(card);
    // An amendment is no less confidential than its motion.
    if (!inside && card.amending !== null && others.get(card.amending)?.confidential !== null) return [];
    return [inside || card.confidential === null ? whole(card, inside) : numbered(card)];
  });

  function whole({ due, later, ...card }: ResolutionCard, inside: boolean): Entry {
    const other = later === null ? undefined : others.get(later.resolutionId);
    const seesLater = inside || (other !== undefined && maySee(caller, other, now));
    const person = due === null || !seesWho ? null : { id: due.personId, name: names.get(due.personId) ?? '' };
    return {
      ...card,
      later: presentLater(later, seesLater),
      followUp: due === null ? null : { person, due: due.due },
    };
  }
}

/** What is left of a confidential one for whoever may not see it. */
const numbered = ({ bodyId, number, decidedAt, later, confidential }: ResolutionCard): Entry => ({
  id: null,
  bodyId,
  title: null,
  number,
  decidedAt,
  closesAt: null,
  ended: null,
  amending: null,
  later: presentLater(later, false),
  followUp: null,
  confidential,
});

export function presentLater(later: ResolutionCard['later'], seesLater: boolean) {
  if (later === null) return null;
  const { kind, resolutionId, number, from } = later;
  return { kind, id: seesLater ? resolutionId : null, number, from };
}
