/** The largest commands fit into one commit of 100 writes, with what is sealed of them and with what their key is remembered by. */
import { expect, it } from 'vitest';
import { versionKey } from '../../shared/core/archive/documents.ts';
import { mostAttachments, mostEffects } from '../../shared/core/decisions/motions.ts';
import { maxCited } from '../../shared/core/disclosures.ts';
import { withOutbox } from '../../shared/core/log/outbox.ts';
import { recordKey } from '../../shared/core/records.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { describeOnEachStore } from '../support/book.ts';
import { type Client, clientFor } from '../support/client.ts';
import { contentOf } from '../support/disclosures.ts';
import { sealedOf } from '../support/documents.ts';
import { bodyOf, decidedOf, draftedOf, motionOf } from '../support/resolutions.ts';

describeOnEachStore('the largest commit', book => {
  const sizes: number[] = [];
  const largest = () => Math.max(0, ...sizes.splice(0));

  /** The same people at a server that counts what it writes. */
  async function counted<Name extends keyof ReturnType<typeof book>['as']>(...names: Name[]) {
    const { as, services, serveWith } = book();
    const { records } = services;
    const counting: RecordStore = {
      get: key => records.get(key),
      getMany: keys => records.getMany(keys),
      query: query => records.query(query),
      commit: async writes => {
        await records.commit(writes);
        sizes.push(withOutbox(writes).length);
      },
    };
    const origin = await serveWith({ records: counting });
    return Object.fromEntries(names.map(name => [name, clientFor(origin, as[name].token)])) as Record<Name, Client>;
  }

  /** Documents with the same bytes. */
  async function copiesOf(count: number) {
    const { records, services } = book();
    const { documentId } = await sealedOf(book(), { access: 'public' });
    const [document, version] = await records.getMany([recordKey('document', documentId), versionKey(documentId, 1)]);
    if (document === undefined || version === undefined) throw new Error('It is not sealed');
    const copies = Array.from({ length: count }, () => services.newId());
    for (const id of copies) {
      const puts: Write[] = [
        { put: { ...document, key: recordKey('document', id) }, expect: 'absent' },
        { put: { ...version, key: versionKey(id, 1) }, expect: 'absent' },
      ];
      await records.commit(puts);
    }
    return copies.map(id => ({ documentId: id, version: 1 }));
  }

  it('is that of a decision with all that a motion can do', { timeout: 120_000 }, async () => {
    const { people, as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const followUp = { personId: people.member, due: '2999-01-01' };
    const effects = [];
    for (let count = 0; count < mostEffects; count++) {
      const { id } = await decidedOf(book(), bodyId, motionOf({ followUp }));
      effects.push({ kind: 'rescinds' as const, resolutionId: id });
    }
    const motion = motionOf({ followUp, effects, attachments: await copiesOf(mostAttachments) });
    const { id, version } = await draftedOf(as.director, bodyId, motion);
    const params = { resolutionId: id };
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const opening = { expiresAt, basis: 'unanimous' as const, membersMustApprove: false };
    const { consent } = (await as.secretary.openConsent({ params, version, body: opening })).body;
    const body = { textHash: String(consent?.textHash) };
    await as.director.signConsent({ params, body }).then(answer => answer.body);
    const { member } = await counted('member');
    const adopted = await member.signConsent({ params, body, key: 'last' });
    expect(adopted.body).toMatchObject({ state: 'carried', adoption: { withoutEffect: [] }, proof: 'pending' });
    const size = largest();
    expect(size).toBeGreaterThan(90);
    expect(size).toBeLessThanOrEqual(100);
  });

  it('is that of a scheduled disclosure that is about other years and other documents from now on', async () => {
    const { secretary } = await counted('secretary');
    const [first, second, third, fourth, fifth] = await Promise.all([1, 2, 3, 4, 5].map(() => copiesOf(maxCited)));
    const content = (documents = first, from = 1950, category: 'other' | 'notice' = 'other') =>
      contentOf({ documents: documents ?? [], category, period: { from: `${from}-01-01`, to: `${from + 19}-12-31` } });
    const { id } = (await secretary.createDisclosure({ body: content(), key: 'draft' })).body;
    const params = { disclosureId: id };
    const at = new Date(Date.now() + 86_400_000).toISOString();
    await secretary.publishDisclosure({ params, version: 1, body: { at }, key: 'time' }).then(({ body }) => body);
    const other = content(second, 1970, 'notice');
    await secretary.updateDisclosure({ params, version: 2, body: other, key: 'years' }).then(({ body }) => body);
    const updated = largest();
    expect(updated).toBeGreaterThan(90);
    expect(updated).toBeLessThanOrEqual(100);

    await secretary.publishDisclosure({ params, version: 3, body: {} }).then(({ body }) => body);
    let version = 4;
    for (const documents of [third, fourth, fifth]) {
      const corrected = content(documents, version % 2 === 0 ? 1990 : 1970, version % 2 === 0 ? 'other' : 'notice');
      const body = { reason: 'It was wrong.', content: corrected };
      await secretary
        .correctDisclosure({ params, version: version++, body, key: `${version}` })
        .then(sent => sent.body);
    }
    expect(largest()).toBeLessThanOrEqual(100);
    const reason = 'All of it was wrong.';
    await secretary.withdrawDisclosure({ params, version, body: { reason }, key: 'away' }).then(({ body }) => body);
    const withdrawn = largest();
    expect(withdrawn).toBeGreaterThan(80);
    expect(withdrawn).toBeLessThanOrEqual(100);
  });
});
