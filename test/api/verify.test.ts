/** The commands of whoever checks a book, against a book whose log its own sequencer writes: records, events, the whole log, on each store. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { monitorCommand } from '../../cli/monitor.ts';
import { verifyCommand } from '../../cli/verify.ts';
import { keyText } from '../../shared/core/log/notes.ts';
import { describeOnEachStore } from '../support/book.ts';
import { draftOf, publishedOf } from '../support/disclosures.ts';
import { keyOf, sealNow } from '../support/sealing.ts';

const folder = mkdtempSync(join(tmpdir(), 'minutebook-verified-'));
afterAll(() => rmSync(folder, { recursive: true }));

function output() {
  const texts: string[] = [];
  const note = (text: string) => void texts.push(text);
  return { texts, say: note, complain: note };
}

async function verify(...args: string[]) {
  const out = output();
  const code = await verifyCommand(args, out);
  return { code, text: out.texts.join('\n') };
}

const saved = (name: string, value: object) => {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(value));
  return file;
};

describeOnEachStore('a book', book => {
  const key = async () => ['--key', keyText(await keyOf(book()))];

  it('has its public records proven by their addresses, and its whole log', async () => {
    const { origin, bodies } = book();
    const { id } = await publishedOf(book(), { title: 'Proven' });
    await sealNow(book());
    for (const path of [`disclosures/${id}`, `bodies/${bodies.board}`, 'organisation', 'log/entries/0']) {
      const { code, text } = await verify(`${origin}/v1/${path}`, ...(await key()));
      expect(code, text).toBe(0);
    }
    const { code, text } = await verify(`${origin}/log`, ...(await key()));
    expect([code, text]).toEqual([0, expect.stringMatching(/Entries checked: +(\d+) of \1/)]);
    expect((await verify(`${origin}/log`)).text).toContain('(a key that the log itself told)');
  });

  it('has a downloaded record proven, and no record that somebody changed, nor one that is not in the log yet', async () => {
    const { as, origin } = book();
    const { id } = await publishedOf(book(), { title: 'Downloaded' });
    const params = { disclosureId: id };
    const early = saved('early.json', (await as.public.getDisclosure({ params })).body);
    expect(await verify(early, '--from', origin)).toMatchObject({
      code: 1,
      text: expect.stringContaining('not in the log yet'),
    });
    await sealNow(book());
    const { body } = await as.public.getDisclosure({ params });
    const file = saved('record.json', body);
    expect(await verify(file, '--from', origin, ...(await key()))).toMatchObject({ code: 0 });
    const changed = saved('changed.json', { ...body, title: 'Changed' });
    expect(await verify(changed, '--from', origin)).toMatchObject({
      code: 1,
      text: expect.stringContaining('"title"'),
    });
    const draft = await draftOf(book());
    const own = saved('draft.json', (await as.secretary.getDisclosure({ params: { disclosureId: draft.id } })).body);
    expect(await verify(own, '--from', origin)).toMatchObject({ code: 1 });
  });

  it('has an event proven to whoever was shown it, without any connection', async () => {
    await sealNow(book());
    const params = { kind: 'organisation', recordId: 'organisation', version: '1' };
    const event = saved('event.json', (await book().as.auditor.getProofOfEvent({ params })).body);
    const { code, text } = await verify(event, ...(await key()));
    expect([code, text]).toEqual([0, expect.stringContaining('Proven: what happened to version 1 of organisation')]);
  });

  it('is followed by a monitor while it grows', async () => {
    const state = mkdtempSync(join(folder, 'state-'));
    const look = async () => {
      const out = output();
      const args = [`${book().origin}/log`, '--once', '--state', state, ...(await key())];
      return { code: await monitorCommand(args, out, AbortSignal.timeout(20_000)), text: out.texts.join('\n') };
    };
    await sealNow(book());
    expect((await look()).code).toBe(0);
    await publishedOf(book());
    await sealNow(book());
    const { code, text } = await look();
    expect([code, text]).toEqual([0, expect.stringMatching(/entries, [1-9]\d* of them new and each checked/)]);
  });
});
