/** How the API shows support. */
import type { Answer } from '../../shared/contract/route.ts';
import type { supportRoutes } from '../../shared/contract/support.ts';
import type { Stored } from '../../shared/core/records.ts';
import { type NamedCard, namedSupport, type Support, type SupportCard } from '../../shared/core/support.ts';

type Entry = Answer<typeof supportRoutes.listSupport>['items'][number];
export type PresentedSupport = Answer<typeof supportRoutes.getSupport>;

/** For whoever sees all. */
export const presentCard = (id: string, card: SupportCard): Entry => ({ id, ...card, named: card.consent.given });

/** For everybody. */
export const presentNamed = (id: string, card: NamedCard): Entry => ({ id, ...card, named: true, consent: null });

export const presentSupport = ({ id, version, data }: Stored<Support>): PresentedSupport => ({
  ...presentCard(id, { ...data, version }),
  note: data.note,
});

/** Null for what is not to be named. */
export function presentPublicly({ id, version, data }: Stored<Support>): PresentedSupport | null {
  const named = namedSupport(data);
  return named === null ? null : { ...presentNamed(id, { ...named, version }), note: null };
}
