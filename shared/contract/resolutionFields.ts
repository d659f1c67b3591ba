/** What requests and answers about resolutions are made of. */
import * as z from 'zod/mini';
import {
  bytesOf,
  type Motion,
  mostAttachments,
  mostEffects,
  mostMotionBytes,
  motionProblems,
} from '../core/decisions/motions.ts';
import { resolutionStates } from '../core/decisions/resolutions.ts';
import { consent } from './consentFields.ts';
import { sha256, size } from './documentSchemas.ts';
import { date, id, instant, language, line, markdown, proofState, reason, version } from './fields.ts';
import { actor, vote } from './voteFields.ts';

const text = { title: line(300), preamble: markdown(10_000), text: markdown(30_000) };
/** A text as it is shown. */
export const shownText = z.strictObject({ title: z.string(), preamble: z.string(), text: z.string() });

const followUp = z.strictObject({ personId: id, due: date });

const election = z
  .strictObject({
    method: z.enum(['absolute', 'plurality']),
    places: z.int().check(z.minimum(1), z.maximum(100)),
    options: z.array(line(200)).check(
      z.minLength(1),
      z.maxLength(100),
      z.refine(options => new Set(options).size === options.length, 'Name each option once.'),
    ),
  })
  .check(z.describe('Options in place of yes and no.'));

const effect = <Id extends z.ZodMiniType>(target: Id, replacement: z.ZodMiniType<z.infer<typeof shownText>>) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('amend-motion'), resolutionId: target, textVersion: z.int(), replacement }),
    z.strictObject({ kind: z.literal('amends'), resolutionId: target, replacement }),
    z.strictObject({ kind: z.enum(['rescinds', 'supersedes']), resolutionId: target }),
    z.strictObject({ kind: z.literal('approves-minutes'), meetingId: id }),
  ]);

const motion = {
  ...text,
  language,
  effectiveOn: z.nullable(date).check(z.describe('From when on it holds; null from its adoption on.')),
};
const attachment = { documentId: id, version: z.int().check(z.minimum(1)) };

export const motionInput = z
  .strictObject({
    ...motion,
    attachments: z
      ._default(
        z.array(z.strictObject(attachment)).check(
          z.maxLength(mostAttachments),
          z.refine(
            (list: readonly { readonly documentId: string }[]) =>
              new Set(list.map(({ documentId }) => documentId)).size === list.length,
            'Name each document once.',
          ),
        ),
        [],
      )
      .check(z.describe('Sealed versions of archived documents.')),
    followUp: z
      ._default(z.nullable(followUp), null)
      .check(z.describe('Who sees to it once it is adopted, and until when.')),
    election: z._default(z.nullable(election), null),
    effects: z
      ._default(
        z.array(effect(id, z.strictObject(text)).check(z.meta({ id: 'Effect' }))).check(z.maxLength(mostEffects)),
        [],
      )
      .check(
        z.describe(
          'What its adoption does besides. "amend-motion" proposes another text of a motion of the body that is not put to the vote yet; it is the only effect of its resolution, which gets no number. The others act on what the body has adopted, from the day on which this resolution holds.',
        ),
      ),
  })
  .check(
    z.superRefine((value: Omit<Motion, 'attachments'> & { readonly attachments: readonly object[] }, context) => {
      const problems = motionProblems(value as Motion);
      for (const message of problems) context.addIssue({ code: 'custom', message, path: ['effects'] });
      if (bytesOf(value) <= mostMotionBytes) return;
      context.addIssue({ code: 'custom', message: `All texts together have at most ${mostMotionBytes} bytes.` });
    }),
    z.meta({ id: 'Motion' }),
  );

const act = z.nullable(z.strictObject({ by: actor, at: instant }));

export const confidential = z
  .strictObject({
    reason: reason.check(z.describe('Everybody may read it.')),
    reviewOn: date.check(z.describe('When the body looks at it again.')),
  })
  .check(z.meta({ id: 'Confidential' }));

const shownConfidential = z.nullable(z.strictObject({ reason: z.string(), reviewOn: date }));
const number = z.nullable(z.string()).check(z.describe('Its number in the register of the body.'));
const hidden = z.nullable(id).check(z.describe('Null where you may not see it.'));
const kindOfChange = z.enum(['amends', 'rescinds', 'supersedes']);

const later = z
  .strictObject({ kind: kindOfChange, id: hidden, number, from: date.check(z.describe('From when on.')) })
  .check(z.meta({ id: 'LaterResolution' }));

export const shownFollowUp = z.strictObject({ person: actor, due: date });

export const resolution = z
  .strictObject({
    id,
    bodyId: id,
    state: z.enum(resolutionStates),
    ...motion,
    textVersion: z.int().check(z.describe('Counts its texts.')),
    textHash: sha256.check(
      z.describe(
        'SHA-256 of the canonical JSON (RFC 8785) of an object of title, preamble, text, language, effectiveOn, attachments (as an array of their SHA-256), election and effects, as they stand here.',
      ),
    ),
    attachments: z.array(
      z
        .strictObject({
          number: z.int(),
          sha256,
          document: z
            .nullable(
              z.strictObject({
                documentId: id,
                version: z.int(),
                title: z.string(),
                name: z.string(),
                type: z.string().check(z.describe('Media type')),
                size,
                url: z.string(),
              }),
            )
            .check(z.describe('Null where you may not see it.')),
        })
        .check(z.meta({ id: 'Attachment' })),
    ),
    followUp: z.nullable(shownFollowUp),
    done: z.nullable(z.strictObject({ by: actor, at: instant, note: z.string() })),
    election: z.nullable(election),
    effects: z.array(effect(hidden, shownText).check(z.meta({ id: 'ShownEffect' }))),
    author: actor,
    mover: act,
    seconder: act,
    aside: z.nullable(z.strictObject({ by: actor, at: instant, reason: z.string(), to: z.nullable(id) })),
    confidential: shownConfidential.check(z.describe('Why only the body, the secretary and auditors see it.')),
    underAmendment: z.nullable(id).check(z.describe('The amendment of it that is put to the vote.')),
    adoption: z.nullable(
      z.strictObject({
        at: instant,
        from: date.check(z.describe('From when on it holds.')),
        number,
        withoutEffect: z
          .array(z.int())
          .check(z.describe('Its effects, counted from 0, that found nothing to act on any more.')),
      }),
    ),
    later: z.array(later).check(z.describe('What later resolutions did to it, in the order of their adoption.')),
    vote: z.nullable(vote),
    consent: z.nullable(consent),
    version,
    proof: proofState,
  })
  .check(z.meta({ id: 'Resolution' }));

export const entry = z
  .strictObject({
    id: hidden,
    bodyId: id,
    title: z.nullable(z.string()),
    number,
    decidedAt: z.nullable(instant),
    closesAt: z.nullable(instant),
    ended: z.nullable(z.enum(['failed', 'withdrawn', 'postponed', 'referred'])),
    amending: z.nullable(id).check(z.describe('The motion that it would change.')),
    later: z.nullable(later).check(z.describe('What became of it: the last change by a later resolution.')),
    followUp: z.nullable(shownFollowUp).check(z.describe('What is still to be done.')),
    confidential: shownConfidential,
  })
  .check(z.meta({ id: 'ResolutionEntry' }));

const difference = z
  .strictObject({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })
  .check(z.meta({ id: 'Difference' }));

export const textEntry = z
  .strictObject({
    textVersion: z.int(),
    textHash: sha256,
    at: instant,
    by: actor,
    amendment: z.nullable(id).check(z.describe('The resolution that amended it; null for what its author wrote.')),
    changes: z
      .strictObject({ title: z.array(difference), preamble: z.array(difference), text: z.array(difference) })
      .check(
        z.describe(
          'Against the text before, in order: without "removed" the pieces are this text, without "added" the one before.',
        ),
      ),
  })
  .check(z.meta({ id: 'TextOfMotion' }));

/** A resolution that changed, or was changed by, another. */
export const link = z
  .strictObject({
    kind: z.enum(['amend-motion', 'amends', 'rescinds', 'supersedes']),
    id: hidden,
    number,
    title: z.nullable(z.string()),
    from: z.nullable(date).check(z.describe('From when on; null while it is not adopted, or found nothing to act on.')),
  })
  .check(z.meta({ id: 'ChainLink' }));
