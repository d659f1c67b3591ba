/** What meets what while a consent is signed: it is decided once, and no signature is lost or wrongly kept. */
import { expect, it } from 'vitest';
import { settleConsent } from '../../functions/count/dueConsents.ts';
import { mailingList } from '../../shared/core/mailings.ts';
import { listPartition } from '../../shared/core/records.ts';
import { describeOnEachStore } from '../support/book.ts';
import { consentOf, signedBy } from '../support/consentRequests.ts';
import { bodyOf } from '../support/resolutions.ts';

describeOnEachStore('a written consent', book => {
  const mailings = async () => {
    const partition = listPartition(mailingList);
    const page = await book().records.query({ table: 'records', partition, order: 'ascending', limit: 1000 });
    return page.items;
  };
  const stateOf = async (resolutionId: string) =>
    (await book().as.secretary.getResolution({ params: { resolutionId } })).body;

  it('decides once when two last signatures meet', { timeout: 60_000 }, async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director', 'treasurer']);
    for (let round = 0; round < 5; round++) {
      const opened = await consentOf(book(), as.member, bodyId);
      await signedBy(as.member, opened);
      const answers = await Promise.all([signedBy(as.director, opened), signedBy(as.treasurer, opened)]);
      expect(answers.map(({ body }) => body.state).sort()).toEqual(['carried', 'signing']);
      const { adoption, consent } = await stateOf(opened.id);
      expect({ number: adoption?.number?.slice(5), signed: consent?.signed }).toEqual({
        number: `00${round + 1}`,
        signed: 3,
      });
      const outcomes = (await mailings()).filter(({ data }) => data.kind === 'outcome' && data.about === opened.id);
      expect(outcomes).toHaveLength(1);
    }
  });

  it('never loses, and never wrongly keeps, a signature that meets its own withdrawal or the last signature', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    for (let round = 0; round < 5; round++) {
      const opened = await consentOf(book(), as.member, bodyId);
      await signedBy(as.member, opened);
      const [withdrawn, signed] = await Promise.all([
        as.member.withdrawSignature({ params: { resolutionId: opened.id } }),
        signedBy(as.director, opened),
      ]);
      expect(signed.status).toBe(200);
      const { state, consent } = await stateOf(opened.id);
      expect({ state, signed: consent?.signed }).toEqual(
        withdrawn.status === 200 ? { state: 'signing', signed: 1 } : { state: 'carried', signed: 2 },
      );
    }
  });

  it('is adopted or fails, never both, when the last signature meets the expiry', async () => {
    const { as, services } = book();
    const bodyId = await bodyOf(book(), ['member']);
    for (let round = 0; round < 5; round++) {
      const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
      const opened = await consentOf(book(), as.member, bodyId, { expiresAt });
      const [signed] = await Promise.all([
        signedBy(as.member, opened),
        settleConsent(opened.id, { ...services, now: () => new Date(expiresAt) }),
      ]);
      const { state, consent } = await stateOf(opened.id);
      expect({ state, signed: consent?.signed }).toEqual(
        signed.status === 200 ? { state: 'carried', signed: 1 } : { state: 'failed', signed: 0 },
      );
    }
  });
});
