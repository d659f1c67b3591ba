// `npm run verify -- certificate.pdf`: what a certificate prints is what the log proves.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { verifyCommand } from '../../cli/verify.ts';
import { keyText } from '../../shared/core/log/notes.ts';
import { describeOnEachStore } from '../support/book.ts';
import { bodyOf, decidedOf, motionOf } from '../support/resolutions.ts';
import { keyOf, sealNow } from '../support/sealing.ts';

const folder = mkdtempSync(join(tmpdir(), 'minutebook-certificate-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function verify(...args: string[]) {
  const texts: string[] = [];
  const note = (text: string) => void texts.push(text);
  return { code: await verifyCommand(args, { say: note, complain: note }), text: texts.join('\n') };
}

describeOnEachStore('a certificate', book => {
  const certificateOf = async (title: string) => {
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const { id } = await decidedOf(book(), bodyId, motionOf({ title }));
    return {
      id,
      fetched: () => fetch(`${book().origin}/v1/resolutions/${id}/certificate`).then(answer => answer.bytes()),
    };
  };
  const saved = (name: string, content: Uint8Array | string) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  it('is proven to name what was sealed, from the book or with the statement beside it', async () => {
    const { id, fetched } = await certificateOf('Certified');
    const early = await verify(saved('early.pdf', await fetched()));
    expect([early.code, early.text]).toEqual([2, expect.stringContaining('prints no proof')]);
    await sealNow(book());
    const file = saved('certificate.pdf', await fetched());
    const key = keyText(await keyOf(book()));
    const { code, text } = await verify(file, '--key', key);
    expect(code, text).toBe(0);
    expect(text).toContain(`Proven: the certificate names what the book says in public of version`);
    expect(text).toContain('The printed words themselves, unless');

    const { proof } = (await book().as.public.getResolution({ params: { resolutionId: id } })).body as {
      proof: { url: string };
    };
    const statement = await fetch(book().origin + proof.url).then(answer => answer.text());
    expect((await verify(file, '--key', key, '--proof', saved('statement.json', statement))).code).toBe(0);
  });

  it('is not proven by the statement of another, nor by one that says another text', async () => {
    const [one, other] = [await certificateOf('One'), await certificateOf('Other')];
    await sealNow(book());
    const { proof } = (await book().as.public.getResolution({ params: { resolutionId: other.id } })).body as {
      proof: { url: string };
    };
    const foreign = await fetch(book().origin + proof.url).then(answer => answer.text());
    const file = saved('one.pdf', await one.fetched());
    const given = ['--key', keyText(await keyOf(book())), '--proof'];
    expect(await verify(file, ...given, saved('foreign.json', foreign))).toMatchObject({
      code: 1,
      text: expect.stringContaining('of another resolution'),
    });
    const changed = foreign.replaceAll(other.id, one.id);
    expect((await verify(file, ...given, saved('changed.json', changed))).code).toBe(1);
    expect((await verify(saved('broken.pdf', '%PDF-1.7 nothing'), ...given.slice(0, 2))).code).toBe(2);
  });
});
