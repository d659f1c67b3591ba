/** `npm run --silent token -- EMAIL`: prints a bearer token of the running demo issuer for that person, and nothing else. */
import * as z from 'zod';

const peopleSchema = z.array(z.object({ email: z.string() }));
const tokenSchema = z.union([
  z.object({ access_token: z.string(), error: z.undefined().optional() }),
  z.object({ error: z.literal('invalid_grant'), access_token: z.undefined().optional() }),
]);

/** A failure that the user can do something about. */
class TokenFailure extends Error {}

async function tokenFor(email: string | undefined, port: number): Promise<string> {
  const issuer = `http://127.0.0.1:${port}`;
  const emails = (await ask(peopleSchema, port, `${issuer}/people.json`)).map(person => person.email);
  if (email === undefined) throw new TokenFailure(`Say whose token you want: ${oneOf(emails)}.`);

  const body = new URLSearchParams({ grant_type: 'urn:minutebook:demo', client_id: 'minutebook-demo', email });
  const answer = await ask(tokenSchema, port, `${issuer}/token`, { method: 'POST', body });
  if (answer.access_token !== undefined) return answer.access_token;
  throw new TokenFailure(`No demonstration person has the e-mail ${email}: ${oneOf(emails)}.`);
}

function issuerPort(): number {
  const given = process.env.MINUTEBOOK_ISSUER_PORT;
  const port = given ? Number(given) : Number(process.env.PORT || 4000) + 1;
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new TokenFailure('Set PORT or MINUTEBOOK_ISSUER_PORT to the port number that Minutebook was started with.');
}

async function ask<T>(schema: z.ZodType<T>, port: number, url: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(url, init).catch(() => {
    throw new TokenFailure('Start Minutebook first: npm start');
  });
  const body: unknown = await answer.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new TokenFailure(
    `What answers on port ${port} is not the demo issuer; set MINUTEBOOK_ISSUER_PORT to its port.`,
  );
}

function oneOf(emails: readonly string[]): string {
  return emails.length > 0 ? `choose one of ${emails.join(', ')}` : 'there is nobody in the book yet';
}

try {
  console.log(await tokenFor(process.argv[2], issuerPort()));
} catch (error) {
  if (!(error instanceof TokenFailure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
