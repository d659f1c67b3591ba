/** What people are told by mail, in plain words: what it is about, until when, what to do, and where. */
import type { Instant } from './calendar.ts';
import type { MailingKind } from './mailings.ts';

/** What a mailing tells of. A title is null where nobody may read it in a mail. */
export interface Notice {
  readonly kind: MailingKind;
  readonly title: string | null;
  /** When it ends, expires, or begins; null for an outcome, and for what has a day and no hour. */
  readonly at: Instant | null;
  /** A page of the book; null where there is none. */
  readonly link: string | null;
  /** Of an outcome: how it came about, in sentences; of a meeting: its place and its agenda; of a filing: what is due when, and what follows when it is missed. Only what may be read in a mail. */
  readonly details: readonly string[];
}

/** Whose mail it is. */
export interface Letterhead {
  readonly organisation: string;
  readonly body: string;
  /** IANA. */
  readonly timeZone: string;
}

export interface Letter {
  /** One line. */
  readonly subject: string;
  readonly text: string;
}

/** @param name of whoever it is for. */
export function letterOf(notice: Notice, { organisation, body: named, timeZone }: Letterhead, name: string): Letter {
  const body = oneLine(named).replace(/^the /i, '');
  const moment = notice.at === null ? '' : momentText(notice.at, timeZone);
  const { subject, about, paragraphs, because } = wordings[notice.kind]({ organisation, body }, moment);
  const title = notice.title === null ? null : oneLine(notice.title);
  const confidential = `It is confidential: you can read it once you have signed in.`;
  return {
    subject: oneLine(`[${organisation}] ${subject}: ${title ?? `confidential matter of the ${body}`}`),
    text: [
      `Dear ${oneLine(name)},`,
      about,
      title === null ? confidential : `    ${title}`,
      ...notice.details,
      ...paragraphs,
      ...(notice.link === null ? [] : [notice.link]),
      `-- \nThe minute book of ${organisation} sent this because ${because}. Nobody reads answers to it.`,
    ]
      .map(paragraph => `${paragraph}\n`)
      .join('\n'),
  };
}

interface Wording {
  readonly subject: string;
  readonly about: string;
  readonly paragraphs: readonly string[];
  readonly because: string;
}

/** @param moment the time that matters, with the name of its zone. */
const wordings: Readonly<Record<MailingKind, (who: Omit<Letterhead, 'timeZone'>, moment: string) => Wording>> = {
  'vote-opened': ({ organisation, body }, moment) => ({
    subject: 'Please vote',
    about: `The ${body} of ${organisation} is voting on a resolution:`,
    paragraphs: [
      `Please vote before ${moment}. You can change your vote until then; nothing that comes later is counted.`,
      'If you have an interest of your own in the matter, step aside instead: the same page tells how.',
      'Read the resolution, and vote:',
    ],
    because: `you are entitled to vote on it`,
  }),
  'vote-closing': ({ organisation, body }, moment) => ({
    subject: 'Your vote is still missing',
    about: `The ${body} of ${organisation} is voting on a resolution, and the book has no vote from you yet:`,
    paragraphs: [
      `Please vote before ${moment}. Nothing that comes later is counted.`,
      'Read the resolution, and vote:',
    ],
    because: `you are entitled to vote on it`,
  }),
  outcome: ({ organisation, body }) => ({
    subject: 'Decided',
    about: `The ${body} of ${organisation} has decided on a resolution:`,
    paragraphs: ['There is nothing that you have to do. Read the resolution and how it was decided:'],
    because: `you were entitled to vote on it, or moved it`,
  }),
  'consent-opened': ({ organisation, body }, moment) => ({
    subject: 'Please read and sign',
    about: `The ${body} of ${organisation} is asked to decide without a meeting, by written consent:`,
    paragraphs: [
      `If you agree, please sign before ${moment}. It is decided only when enough have signed by then.`,
      'Read the resolution, and sign:',
    ],
    because: `you hold a voting seat in the body`,
  }),
  'meeting-notice': ({ organisation, body }, moment) => ({
    subject: 'Notice of a meeting',
    about: `The ${body} of ${organisation} will meet on ${moment}:`,
    paragraphs: [],
    because: `you hold a seat in the body`,
  }),
  'filing-due': ({ organisation, body }) => ({
    subject: 'Filing',
    about: `${organisation} owes this, and the book does not know yet that it was filed:`,
    paragraphs: [
      'Once it is filed, record the submission in the book: then no reminder follows. What is on record of it, once you have signed in:',
    ],
    because: `you were named to see to it, or are the treasurer or the secretary of the ${body}`,
  }),
};

/** `Friday, June 30, 2023 at 5:00 PM Eastern Daylight Time` */
export function momentText(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'long',
  })
    .format(new Date(at))
    .replaceAll('\u202f', ' ');
}

/** A title never becomes a second header, nor a second paragraph. */
const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
