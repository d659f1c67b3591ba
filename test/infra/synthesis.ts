/** What the CDK app comes to, for the tests: templates by stack, from bundles that were just built. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { buildInto } from '../../build.ts';
import { addMinutebook } from '../../infra/app.ts';

export const root = join(import.meta.dirname, '..', '..');

export const context: Record<string, unknown> = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')).context;

export interface Synthesis {
  readonly folder: string;
  readonly data: Template;
  readonly identity: Template;
  readonly api: Template;
  remove(): void;
}

export async function synthesise(): Promise<Synthesis> {
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-infra-'));
  await buildInto(join(folder, 'dist'));
  const app = new App({ context, outdir: join(folder, 'cdk.out') });
  addMinutebook(app, join(folder, 'dist', 'functions'));
  const assembly = app.synth();
  const template = (stack: string) => Template.fromJSON(assembly.getStackByName(stack).template);
  return {
    folder,
    data: template('MinutebookData'),
    identity: template('MinutebookIdentity'),
    api: template('MinutebookApi'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** The resources of one type, by their logical identifiers. */
export const resources = (template: Template, type: string) =>
  template.findResources(type) as Readonly<Record<string, Resource>>;

/** The one resource of a type whose logical identifier begins so. */
export function resource(template: Template, type: string, name: string): Resource {
  const found = Object.entries(resources(template, type)).filter(([id]) => id.startsWith(name));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} of ${type} are called ${name}`);
  return only[1];
}
