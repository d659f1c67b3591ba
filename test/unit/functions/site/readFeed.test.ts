/** The feed: what is in it, and that it is JSON Feed 1.1. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { archived } from '../../../support/siteDocuments.ts';
import { publish, type SiteServer, startSiteServer } from '../../../support/siteServer.ts';

const schemas = new URL('../../../../../shared/data/feeds-dcat/jsonfeed/', import.meta.url);
const missing = existsSync(schemas) ? undefined : `no JSON Feed schemas in ${schemas.pathname}`;

interface Feed {
  readonly items: readonly {
    readonly id: string;
    readonly url: string;
    readonly title: string;
    content_text: string;
    summary: string;
    readonly attachments?: readonly object[];
  }[];
  readonly feed_url: string;
}

describe('the feed', () => {
  let site: SiteServer;
  beforeAll(async () => {
    site = await startSiteServer();
  });
  afterAll(() => site.close());

  const read = async (headers: Record<string, string> = {}) => {
    const answer = await fetch(`${site.origin}/feed.json`, { headers });
    expect(answer.headers.get('content-type')).toBe('application/feed+json');
    return (await answer.json()) as Feed;
  };

  it('lists what is public, the newest first, with absolute addresses', async () => {
    const older = await publish(site, { title: 'Older', summary: 'What **it** says.' }, '2023-01-01T00:00:00Z');
    const newer = await publish(site, { title: 'Newer', summary: '' });
    const feed = await read();
    expect(feed.feed_url).toBe(`${site.origin}/feed.json`);
    expect(feed.items.map(item => item.id)).toEqual([`urn:uuid:${newer.id}`, `urn:uuid:${older.id}`]);
    expect(feed.items[0]?.url).toBe(`${site.origin}/disclosures/${newer.id}`);
    expect(feed.items.map(item => item.content_text)).toEqual(['Other', 'What **it** says.']);
    expect(feed.items.map(item => item.summary)).toEqual(['Other', 'Other, entered 1 June 2024']);
  });

  it('shows a scheduled disclosure from its time on, not before', async () => {
    await publish(site, { title: 'Later' }, '2024-07-01T00:00:00Z');
    const titles = async () => (await read()).items.map(item => item.title);
    site.setClock('2024-06-30T23:59:59.999Z');
    expect(await titles()).not.toContain('Later');
    site.setClock('2024-07-01T00:00:00.000Z');
    expect(await titles()).toContain('Later');
  });

  it('leaves a tombstone for what was withdrawn, without its content', async () => {
    const { id, version } = await publish(site, { title: 'Gone', summary: 'the-hidden-content' });
    await site.keeper.withdrawDisclosure({ params: { disclosureId: id }, version, body: { reason: 'A mistake.' } });
    const feed = await read();
    const item = feed.items.find(one => one.id.endsWith(id));
    expect(item).toMatchObject({ title: 'Withdrawn: Gone', content_text: 'Withdrawn on 30 June 2024: A mistake.' });
    expect(JSON.stringify(feed)).not.toContain('the-hidden-content');
  });

  it('attaches the documents of what is published, and none of what was withdrawn', async () => {
    const bytes = Buffer.from('What was planned.');
    const documents = [await archived(site, 'A <plan>', [{ name: 'plan.txt', bytes, type: 'text/plain' }])];
    const { id, version } = await publish(site, { title: 'With a document', documents });
    const attachments = async () => (await read()).items.find(one => one.id.endsWith(id))?.attachments;
    const [{ documentId } = { documentId: '' }] = documents;
    const url = `${site.origin}/v1/documents/${documentId}/versions/1/file`;
    const expected = [{ url, mime_type: 'text/plain', title: 'A <plan>', size_in_bytes: bytes.length }];
    expect(await attachments()).toEqual(expected);
    expect(await (await fetch(url)).text()).toBe(bytes.toString());
    await site.keeper.withdrawDisclosure({ params: { disclosureId: id }, version, body: { reason: 'A mistake.' } });
    expect(await attachments()).toBeUndefined();
  });

  it('names the one address of the book, whatever a request says of itself', async () => {
    const feed = await read({ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example', host: 'evil.example' });
    expect(feed.feed_url).toBe(`${site.origin}/feed.json`);
    expect(JSON.stringify(feed)).not.toContain('evil.example');
  });

  it('is at most 50 items long', async () => {
    for (let index = 0; index < 50; index++) await publish(site, { title: `One of many ${index}` });
    expect((await read()).items).toHaveLength(50);
  });

  it.skipIf(missing !== undefined)(
    `is valid JSON Feed 1.1${missing === undefined ? '' : ` (${missing})`}`,
    async () => {
      const file = { name: 'a.txt', bytes: Buffer.from('Attached.'), type: 'text/plain' } as const;
      await publish(site, { title: 'With an attachment', documents: [await archived(site, 'A text', [file])] });
      expect((await read()).items[0]).toHaveProperty('attachments');
      const schema = z.fromJSONSchema(inlined('schemas_json_feed.json'));
      expect(schema.safeParse(await read()).error).toBeUndefined();
      expect(schema.safeParse({ ...(await read()), items: [{ id: 'x' }] }).success).toBe(false);
    },
  );
});

/**
 * The schema with the parts that it takes from the schema of version 1 put in their place, and its alternatives written as zod
 * understands them. Leaving out `not` makes it stricter: an item with both kinds of content would not pass, and ours have one.
 */
function inlined(file: string): z.core.JSONSchema.JSONSchema {
  const documents = new Map<string, unknown>();
  const load = (name: string) => {
    if (!documents.has(name)) documents.set(name, JSON.parse(readFileSync(new URL(name, schemas), 'utf8')));
    return documents.get(name);
  };
  const resolve = (node: unknown, from: string): unknown => {
    if (Array.isArray(node)) return node.map(one => resolve(one, from));
    if (typeof node !== 'object' || node === null) return node;
    const { $ref } = node as { $ref?: unknown };
    if (typeof $ref === 'string') {
      const [name = '', pointer = ''] = $ref.split('#');
      const target = name === '' ? from : `schemas_json_${name.replace('feed-1', 'feed-1.json')}`;
      const found = pointer
        .split('/')
        .slice(1)
        .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], load(target));
      return resolve(found, target);
    }
    const kept = Object.entries(node)
      .filter(
        ([name, value]) => !['definitions', 'not'].includes(name) && !(name === 'id' && typeof value === 'string'),
      )
      .map(([name, value]) => [name, resolve(value, from)]);
    const { required } = node as { required?: readonly string[] };
    const alternative = Array.isArray(required) && !('properties' in node);
    const properties = Object.fromEntries((alternative ? required : []).map(name => [name, { type: 'string' }]));
    return { ...Object.fromEntries(kept), ...(alternative ? { type: 'object', properties } : {}) };
  };
  return resolve(load(file), file) as z.core.JSONSchema.JSONSchema;
}
