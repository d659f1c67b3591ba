/** The words of the book in plain English. */
import type { BodyKind, Office } from '../shared/core/authorisation.ts';
import type { Category, DisclosureState } from '../shared/core/disclosures.ts';
import type { Form } from '../shared/core/filings/obligations.ts';

export const categoryLabels: Readonly<Record<Category, { readonly one: string; readonly many: string }>> = {
  'governing-document': { one: 'Governing document', many: 'Governing documents' },
  policy: { one: 'Policy', many: 'Policies' },
  strategy: { one: 'Strategy', many: 'Strategies' },
  workplan: { one: 'Workplan', many: 'Workplans' },
  'annual-report': { one: 'Annual report', many: 'Annual reports' },
  'financial-statement': { one: 'Financial statement', many: 'Financial statements' },
  filing: { one: 'Filing', many: 'Filings' },
  minutes: { one: 'Minutes', many: 'Minutes' },
  notice: { one: 'Notice', many: 'Notices' },
  other: { one: 'Other', many: 'Other' },
};

/** In the order in which a page shows them: those who decide first. */
export const kindLabels: Readonly<Record<BodyKind, { readonly one: string; readonly many: string }>> = {
  'board-of-directors': { one: 'Board of directors', many: 'boards of directors' },
  committee: { one: 'Committee', many: 'committees' },
  'board-of-advisors': { one: 'Board of advisors', many: 'boards of advisors' },
  secretariat: { one: 'Secretariat', many: 'secretariats' },
  'working-group': { one: 'Working group', many: 'working groups' },
  membership: { one: 'Membership', many: 'memberships' },
};

export const kindOrder = Object.keys(kindLabels) as BodyKind[];

/** In the order in which a page names those who sit in a body. */
export const officeLabels: Readonly<Record<Office, string>> = {
  chair: 'Chair',
  'co-chair': 'Co-chair',
  secretary: 'Secretary',
  treasurer: 'Treasurer',
  director: 'Director',
  member: 'Member',
  auditor: 'Auditor',
  administrator: 'Administrator',
};

export const officeOrder = Object.keys(officeLabels) as Office[];

export const stateLabels: Readonly<Record<DisclosureState, string>> = {
  draft: 'Draft',
  scheduled: 'Scheduled',
  published: 'Published',
  corrected: 'Published and corrected',
  withdrawn: 'Withdrawn',
};

export const formLabels: Readonly<Record<Form, string>> = {
  '990': 'Form 990',
  '990-EZ': 'Form 990-EZ',
  '990-N': 'Form 990-N',
  '990-PF': 'Form 990-PF',
  '990-T': 'Form 990-T',
  'va-annual-report': 'Virginia annual report',
  'va-102': 'Virginia Form 102',
};

export const isEnglish = (language: string) => /^en(-|$)/i.test(language);

/** `French`, from `fr`; the tag itself when it has no name. */
export function languageName(language: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
}
