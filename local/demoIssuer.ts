/** The demo's identity provider: a real OpenID issuer without passwords, for this machine only. */
import { loadDemoIssuerKeys } from './demoIssuerKeys.ts';
import type { DemoPeople } from './demoIssuerPeople.ts';
import { createDemoProvider, demoClientId } from './demoIssuerProvider.ts';
import { demoIssuerListener } from './demoIssuerRoutes.ts';
import { type Listener, listen } from './listener.ts';

export interface DemoIssuerOptions {
  /** 0 takes any free port; a listener has taken one already. */
  readonly port: number | Listener;
  /** A loopback address; anything else is refused. */
  readonly host: string;
  /** Where `demo-issuer.json` is kept. */
  readonly dataFolder: string;
  readonly people: DemoPeople;
  /** Where sign-in may return to, exactly; `http://localhost:4000/signed-in` unless told. */
  readonly redirectUris?: readonly string[];
  /** What the curl example asks for; `/v1/me` beside the first redirect URI unless told. */
  readonly exampleUrl?: string;
}

export interface DemoIssuer {
  readonly issuer: string;
  /** Names the very address that is listened on, so that nobody else's `localhost` can answer for it. */
  readonly jwksUri: string;
  readonly clientId: string;
  close(): Promise<void>;
}

/**
 * Starts the issuer; anyone who reaches it can be anyone, so it starts on a loopback address only and never on AWS.
 *
 * @throws {Error} on AWS, on another address, when the port is taken, or when the key file is damaged.
 */
export async function startDemoIssuer(options: DemoIssuerOptions): Promise<DemoIssuer> {
  const { port: at, host } = options;
  refuseOutsideTheDemo(typeof at === 'number' ? host : at.host, process.env);
  const redirectUris = options.redirectUris ?? ['http://localhost:4000/signed-in'];
  const exampleUrl = options.exampleUrl ?? new URL('/v1/me', redirectUris[0]).href;
  const keys = await loadDemoIssuerKeys(options.dataFolder);

  const listener = typeof at === 'number' ? await listen(at, host) : at;
  const { port, origin: reachableAt, close } = listener;
  const issuer = `http://localhost:${port}`;
  try {
    const provider = createDemoProvider(issuer, keys, redirectUris, options.people);
    listener.answerWith(
      demoIssuerListener({ provider, people: options.people, reachableAt, redirectUris, exampleUrl }),
    );
  } catch (error) {
    await close();
    throw error;
  }
  return { issuer, jwksUri: `${reachableAt}/jwks`, clientId: demoClientId, close };
}

const loopback: readonly string[] = ['127.0.0.1', '::1', 'localhost'];
const awsVariables: readonly string[] = ['AWS_LAMBDA_FUNCTION_NAME', 'AWS_EXECUTION_ENV', 'LAMBDA_TASK_ROOT'];

function refuseOutsideTheDemo(host: string, environment: NodeJS.ProcessEnv): void {
  const variable = Object.keys(environment).find(
    name => awsVariables.includes(name) || name.startsWith('ECS_CONTAINER_METADATA_URI'),
  );
  if (variable) {
    throw new Error(`The demo issuer signs anyone in without a password and never runs on AWS (${variable} is set).`);
  }
  if (!loopback.includes(host)) {
    throw new Error(
      `The demo issuer signs anyone in without a password: 127.0.0.1 is where it may listen, not ${host}.`,
    );
  }
}
