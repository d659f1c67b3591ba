/** The embedded server is killed again and again while it writes: what it acknowledged is there, and nothing by halves. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { newFolder } from '../support/book.ts';
import { faultsOf } from '../support/bookCheck.ts';
import { type Client, clientFor } from '../support/client.ts';
import { contentOf } from '../support/disclosures.ts';
import { type Embedded, freePorts, launchEmbedded } from '../support/embedded.ts';

/** A hundred in CI; fewer where somebody waits for it. */
const kills = Number(process.env.MINUTEBOOK_KILLS ?? 12);

it(`loses nothing and halves nothing in ${kills} kills`, { timeout: kills * 15_000 + 60_000 }, async () => {
  const folder = newFolder();
  const environment = { MINUTEBOOK_DATA: folder, ...(await freePorts()) };
  const acknowledged = new Map<string, number>();
  let writes = 0;
  let server: Embedded | undefined;
  try {
    for (let round = 0; round < kills; round++) {
      server = launchEmbedded(environment);
      const secretary = clientFor(await server.ready, await tokenOf(environment.MINUTEBOOK_ISSUER_PORT));
      let killed = false;
      const writers = [1, 2, 3].map(async () => {
        while (!killed)
          await writeOnce(secretary, acknowledged).then(
            () => writes++,
            () => {},
          );
      });
      await pause(30 + Math.random() * 250);
      killed = true;
      await server.kill();
      await Promise.all(writers);
      expect(faultsOf(join(folder, 'demonstration.sqlite'))).toEqual([]);
    }
    server = launchEmbedded(environment);
    const secretary = clientFor(await server.ready, await tokenOf(environment.MINUTEBOOK_ISSUER_PORT));
    for (const [id, version] of acknowledged) {
      const found = (await secretary.getDisclosure({ params: { disclosureId: id } })).body;
      expect(found.version, id).toBeGreaterThanOrEqual(version);
    }
    // How much is written between two kills depends on the machine; that something was, does not.
    expect(writes).toBeGreaterThan(0);
    expect(await server.stop()).toBe(0);
  } finally {
    await server?.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

it('starts anew when it was killed while it loaded the demonstration', { timeout: 60_000 }, async () => {
  const folder = newFolder();
  const environment = { MINUTEBOOK_DATA: folder, ...(await freePorts()) };
  for (const milliseconds of [300, 500, 700, 900, 1100, 1300]) {
    const server = launchEmbedded(environment);
    await pause(milliseconds);
    await server.kill();
  }
  const server = launchEmbedded(environment);
  try {
    expect((await clientFor(await server.ready).countDisclosures()).body.published).toBe(14);
    expect(await server.stop()).toBe(0);
    expect(faultsOf(join(folder, 'demonstration.sqlite'))).toEqual([]);
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Drafts a disclosure, publishes it, sometimes corrects it; notes every version that was acknowledged. */
async function writeOnce(secretary: Client, acknowledged: Map<string, number>): Promise<void> {
  const draft = await secretary.createDisclosure({ key: v7(), body: contentOf({ category: 'minutes' }) });
  const { id } = draft.body;
  acknowledged.set(id, 1);
  const params = { disclosureId: id };
  await secretary.publishDisclosure({ params, version: 1, body: {} }).then(answer => answer.body);
  acknowledged.set(id, 2);
  if (Math.random() < 0.5) return;
  const body = { reason: 'Another word.', content: contentOf({ title: 'Corrected', category: 'notice' }) };
  await secretary.correctDisclosure({ params, version: 2, body }).then(answer => answer.body);
  acknowledged.set(id, 3);
}

async function tokenOf(issuerPort: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'urn:minutebook:demo',
    client_id: 'minutebook-demo',
    email: 'secretary@lpsa.example',
  });
  const answer = await fetch(`http://127.0.0.1:${issuerPort}/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}
