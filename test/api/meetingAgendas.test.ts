/** What the agenda of a meeting tells to officers who do not sit in the body. */
import { expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { scheduledOf } from '../support/meetings.ts';
import { bodyOf, draftedOf, motionOf } from '../support/resolutions.ts';

describeOnEachStore('agendas', book => {
  it('tell officers outside the body of confidential matters only that there are some, and of no draft where it is', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const draft = await draftedOf(as.member, bodyId);
    const kept = await draftedOf(as.member, bodyId, motionOf({ title: 'marker-of-a-secret' }));
    const confidential = { reason: 'A person.', reviewOn: '2999-01-01' };
    const body = { confidential, reason: 'Closed session.' };
    await as.secretary
      .changeConfidentiality({ params: { resolutionId: kept.id }, version: kept.version, body })
      .then(answer => answer.body);
    const item = { description: '', resolutionId: null, documents: [] };
    const agenda = [
      { ...item, title: 'Budget' },
      { ...item, title: 'A draft', resolutionId: draft.id },
      { ...item, title: 'marker-of-a-secret', description: 'marker-of-a-secret', resolutionId: kept.id },
    ];
    const { id } = await scheduledOf(as.secretary, bodyId, { agenda });
    const params = { meetingId: id };
    for (const insider of ['member', 'secretary', 'auditor'] as const)
      expect((await as[insider].getMeeting({ params })).body.details?.agenda, insider).toEqual(agenda);
    expect((await as.treasurer.getResolution({ params: { resolutionId: kept.id } })).status).toBe(404);
    expect((await as.treasurer.getMeeting({ params })).body.details?.agenda).toEqual([
      { ...item, title: 'Budget' },
      { ...item, title: 'A draft' },
      { ...item, title: 'A confidential matter' },
    ]);
  });
});
