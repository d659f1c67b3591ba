/** The largest decision that somebody can draft: it is adopted in one commit, with all that it does and all that is sealed of it. */
import { expect, it } from 'vitest';
import { mostAttachments, mostEffects } from '../../shared/core/decisions/motions.ts';
import { describeOnEachStore } from '../support/book.ts';
import { sealedOf } from '../support/documents.ts';
import { motionOf, voted } from '../support/resolutions.ts';
import { putToVote, readyOf, ruledBody } from '../support/votes.ts';

describeOnEachStore('the largest decision', book => {
  it('fits into one commit', { timeout: 120_000 }, async () => {
    const { as, people } = book();
    const rules = { ordinary: { ballot: 'secret' as const } };
    const bodyId = await ruledBody(book(), { member: {}, director: {} }, { rules });
    const decided = async (motion: Parameters<typeof motionOf>[0]) => {
      const followUp = { personId: people.member, due: '2999-01-01' };
      const ready = await readyOf(as.director, as.member, bodyId, motionOf({ followUp, ...motion }));
      await putToVote(book(), ready);
      return voted(book(), ready.id);
    };
    // Each stands on the register, and on the list of what is still to be done.
    const targets = [];
    for (let count = 0; count < mostEffects; count++) targets.push(await decided({}));
    const attachments = [];
    for (let count = 0; count < mostAttachments; count++) {
      const { documentId } = await sealedOf(book(), { access: 'public' });
      attachments.push({ documentId, version: 1 });
    }
    const effects = targets.map(({ id }) => ({ kind: 'rescinds' as const, resolutionId: id }));
    const { adoption } = await decided({ effects, attachments });
    expect(adoption?.withoutEffect).toEqual([]);
    for (const { documentId } of attachments) {
      expect((await as.public.getDocument({ params: { documentId } })).status).toBe(200);
    }
    for (const { id } of targets) {
      const later = (await as.public.getResolution({ params: { resolutionId: id } })).body;
      expect(later).toMatchObject({ proof: 'pending', later: [{ kind: 'rescinds' }] });
    }
  });
});
