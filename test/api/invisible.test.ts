/** What a caller may not see answers byte for byte as what does not exist. */
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { operations } from '../../shared/contract/routes.ts';
import { allowed } from '../../shared/core/authorisation.ts';
import { describeOnEachStore } from '../support/book.ts';
import { contentOf, draftOf, publishedOf } from '../support/disclosures.ts';

/** Everything of an answer but what differs between any two. */
async function bytesOf(address: string, init: RequestInit) {
  const answer = await fetch(address, init);
  const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  return { status: answer.status, headers, body: await answer.text() };
}

const aboutOneDisclosure = operations.filter(({ route }) => route.path.includes('{disclosureId}'));

describeOnEachStore('the invisible', book => {
  it.each(aboutOneDisclosure)('is the same as the absent to $id', async ({ id, route }) => {
    const { as, origin } = book();
    const hidden = {
      draft: await draftOf(book()),
      scheduled: await publishedOf(book(), {}, '2999-01-01T00:00:00Z'),
    };
    const address = (disclosureId: string) =>
      origin + route.path.replace('{disclosureId}', disclosureId).replace('{edition}', '1');
    const body = { reason: 'x', content: contentOf(), ...contentOf() };
    const bodyOf = () => {
      if (id === 'correctDisclosure') return { reason: body.reason, content: body.content };
      if (id === 'withdrawDisclosure') return { reason: body.reason };
      return id === 'updateDisclosure' ? contentOf() : {};
    };
    for (const role of ['public', 'signed-in', 'member', 'administrator'] as const) {
      for (const method of route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]) {
        const init = (version: number): RequestInit => ({
          method,
          headers: {
            accept: 'text/html, application/json',
            ...(as[role].token === undefined ? {} : { authorization: `Bearer ${as[role].token}` }),
            ...(route.command === undefined ? {} : { 'content-type': 'application/json', 'if-match': `"${version}"` }),
          },
          ...(route.command === undefined ? {} : { body: JSON.stringify(bodyOf()) }),
        });
        const absent = await bytesOf(address(v7()), init(1));
        for (const [state, { id: disclosureId, version }] of Object.entries(hidden)) {
          expect(await bytesOf(address(disclosureId), init(version)), `${state} as ${role}`).toEqual(absent);
        }
        const isPublic = (allowed[id] as readonly string[]).includes('public');
        expect(absent.status).toBe(isPublic ? 404 : role === 'public' ? 401 : 403);
      }
    }
  });

  it('covers who sits in a body that does not publish its seats', async () => {
    const { as, origin, bodies } = book();
    const members = (await as.auditor.listSeats({ params: { bodyId: bodies.membership } })).body.items;
    expect(members).toHaveLength(1);
    const empty = (
      await as.secretary.createBody({
        body: {
          kind: 'membership',
          name: 'Empty',
          purpose: '',
          parentBodyId: null,
          established: '2020-01-01',
          publishesSeats: false,
        },
      })
    ).body;
    for (const role of ['public', 'signed-in', 'member'] as const) {
      const headers: Record<string, string> =
        as[role].token === undefined ? {} : { authorization: `Bearer ${as[role].token}` };
      const seats = (bodyId: string) => bytesOf(`${origin}/v1/bodies/${bodyId}/seats`, { headers });
      expect(await seats(bodies.membership)).toEqual(await seats(empty.id));
      const seat = (seatId: string) => bytesOf(`${origin}/v1/seats/${seatId}`, { headers });
      expect(await seat(String(members[0]?.id))).toEqual(await seat(v7()));
    }
  });

  it('covers what a withdrawn disclosure said, in every public answer', async () => {
    const { as, origin } = book();
    const secret = 'marker-of-what-was-withdrawn';
    const said = {
      summary: `${secret}-first`,
      links: [{ title: `${secret}-link`, url: `https://x.example/${secret}` }],
    };
    const { id, version } = await publishedOf(book(), said);
    const params = { disclosureId: id };
    const content = contentOf({ ...said, summary: `${secret}-second` });
    await as.secretary.correctDisclosure({ params, version, body: { reason: 'Better.', content } });
    await as.secretary.withdrawDisclosure({ params, version: version + 1, body: { reason: 'It named someone.' } });
    const paths = ['', '/history', '/editions', '/editions/1', '/editions/2'].map(end => `/v1/disclosures/${id}${end}`);
    for (const path of [...paths, `/disclosures/${id}`, '/', '/feed.json', '/v1/disclosures']) {
      const answer = await bytesOf(origin + path, {});
      expect(JSON.stringify(answer), path).not.toContain(secret);
    }
    expect((await as.public.getDisclosure({ params })).body).toMatchObject({
      state: 'withdrawn',
      summary: null,
      withdrawalReason: 'It named someone.',
    });
    expect((await as.auditor.getEdition({ params: { ...params, edition: '2' } })).body.summary).toContain(secret);
  });
});
