/** A demonstration book as data: another organisation needs another file, and no other code. */
import { readFileSync } from 'node:fs';
import type { bodiesRoutes } from '../../shared/contract/bodies.ts';
import type { Input } from '../../shared/contract/route.ts';
import type { seatsRoutes } from '../../shared/contract/seats.ts';
import type { Content } from '../../shared/core/disclosures.ts';
import type { Founding } from '../../shared/core/founding.ts';
import type { DemoCitation } from './citation.ts';
import type { DemoDecisions } from './decisionData.ts';
import type { DemoDocument } from './documentData.ts';
import type { DemoFilings } from './filingData.ts';
import type { Print } from './pdf.ts';

type NewBody = Input<typeof bodiesRoutes.createBody>['body'];
type NewSeat = Input<typeof seatsRoutes.createSeat>['body'];

/** `key`s stand for the identifiers that the book gives; `board` is the body that the founding makes. */
export interface DemoBook {
  readonly founding: Founding;
  /** The e-mail address of the person who archives the documents and publishes the disclosures. */
  readonly publisher: string;
  readonly bodies: readonly (Pick<NewBody, 'kind' | 'name' | 'purpose' | 'established'> & {
    readonly key: string;
    readonly parent: string | null;
    readonly publishesSeats?: boolean;
  })[];
  readonly people: readonly { readonly key: string; readonly name: string; readonly email: string | null }[];
  readonly seats: readonly (Omit<NewSeat, 'personId'> & { readonly body: string; readonly person: string })[];
  readonly print: Print;
  readonly documents: readonly DemoDocument[];
  readonly disclosures: readonly DemoDisclosure[];
  readonly decisions: DemoDecisions;
  readonly filings: DemoFilings;
}

/** A draft, unless it has a time of publication. */
export interface DemoDisclosure {
  readonly content: Omit<Content, 'documents'>;
  readonly documents?: readonly DemoCitation[];
  readonly at?: string;
  /** Scheduled so many days after the book is loaded. */
  readonly publishInDays?: number;
  /** What it does not name stays as it was. */
  readonly correction?: {
    readonly reason: string;
    readonly summary: string;
    readonly documents?: readonly DemoCitation[];
  };
  readonly withdrawal?: string;
}

/** The files are part of the program; what they say is validated by the operations that load it. */
export function readDemoBook(): DemoBook {
  const read = <T>(name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T;
  const book = read<Omit<DemoBook, 'decisions' | 'filings'>>('./lpsa.json');
  const filings = read<DemoFilings>('./lpsa-filings.json');
  const documents = [...book.documents, ...filings.documents];
  return { ...book, documents, decisions: read<DemoDecisions>('./lpsa-decisions.json'), filings };
}
