/** Says in sentences that everybody understands why a written consent came out as it did. */
import { dateIn, type Instant, instant } from '../calendar.ts';
import { momentText } from '../mailTexts.ts';
import type { Consent, ConsentReason } from './consents.ts';

/** One sentence for each reason, and the outcome last; none while it is not decided. */
export function explainConsent({ decided, openedAt, timeZone }: Consent): string[] {
  if (decided === null) return [];
  const outcome = decided.carried ? `So it was adopted on ${momentText(decided.at, timeZone)}.` : 'So it failed.';
  return [...decided.reasons.flatMap(reason => sentences(reason, openedAt, timeZone)), outcome];
}

function sentences(reason: ConsentReason, openedAt: Instant, timeZone: string): string[] {
  switch (reason.kind) {
    case 'signatures':
      return signatures(reason, timeZone);
    case 'objections':
      return [objections(reason, openedAt, timeZone)];
    case 'expiry':
      return [`It had to be complete before ${momentText(reason.expiresAt, timeZone)}, and was not.`];
  }
}

function signatures(reason: Extract<ConsentReason, { kind: 'signatures' }>, timeZone: string): string[] {
  const { basis, inOffice, majority, quorum, needed, got, completeAt } = reason;
  const seats = `${inOffice} ${inOffice === 1 ? 'person' : 'people'} held a voting seat in the body`;
  const rule =
    basis === 'unanimous'
      ? `${seats} and had to sign, all of them`
      : `${seats}, and at least ${needed} had to sign: more than half of them (${majority})${quorum === 0 ? '' : `, and as many as a quorum takes (${quorum})`}`;
  return [
    `${rule}; ${got === 0 ? 'nobody' : got} did.`,
    ...(completeAt === null
      ? []
      : [`The last signature that was needed was given on ${momentText(completeAt, timeZone)}.`]),
  ];
}

function objections(
  { until, objectedAt }: Extract<ConsentReason, { kind: 'objections' }>,
  openedAt: Instant,
  timeZone: string,
): string {
  if (objectedAt !== null) {
    return `One objection was enough, and one came on ${momentText(objectedAt, timeZone)}, in time.`;
  }
  const lastDay = dateIn(timeZone, instant(new Date(Date.parse(until) - 1)));
  return `Notice was given to all on ${dateIn(timeZone, openedAt)}, and nobody objected within ten business days of it, until the end of ${lastDay}.`;
}
