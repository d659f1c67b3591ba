/** What the CDK app comes to, for the tests: templates by stack, from bundles that were just built. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { buildInto, jobs } from '../../build.ts';
import { addMinutebook } from '../../infra/app.ts';
import { contract } from '../../shared/contract/routes.ts';

export const root = join(import.meta.dirname, '..', '..');

export const context: Record<string, unknown> = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')).context;

export interface Synthesis {
  readonly folder: string;
  readonly data: Template;
  readonly identity: Template;
  readonly archive: Template;
  readonly decisions: Template;
  readonly log: Template;
  readonly api: Template;
  remove(): void;
}

/**
 * @param settings in place of those in cdk.json.
 * @param other its bundles are used again.
 */
export async function synthesise(
  settings: Record<string, string> = {},
  other?: Synthesis,
  build: (folder: string) => Promise<void> = buildInto,
): Promise<Synthesis> {
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-infra-'));
  const dist = join(other?.folder ?? folder, 'dist');
  if (other === undefined) await build(dist);
  const app = new App({ context: { ...context, ...settings }, outdir: join(folder, 'cdk.out') });
  addMinutebook(app, join(dist, 'functions'));
  const assembly = app.synth();
  const template = (stack: string) => Template.fromJSON(assembly.getStackByName(stack).template);
  return {
    folder,
    data: template('MinutebookData'),
    identity: template('MinutebookIdentity'),
    archive: template('MinutebookArchive'),
    decisions: template('MinutebookDecisions'),
    log: template('MinutebookLog'),
    api: template('MinutebookApi'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** The same where only the templates are of interest: nothing is built, and the bundles are empty. */
export const synthesiseTemplates = (settings: Record<string, string> = {}) =>
  synthesise(settings, undefined, async dist => {
    for (const name of [...Object.keys(contract), ...jobs]) {
      const bundle = join(dist, 'functions', name);
      mkdirSync(bundle, { recursive: true });
      writeFileSync(join(bundle, 'index.js'), '');
    }
  });

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** The resources of one type, by their logical identifiers. */
export const resources = (template: Template, type: string) =>
  template.findResources(type) as Readonly<Record<string, Resource>>;

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** What a role of the book may do, whose logical identifier begins so. */
export function rightsOf(template: Template, role: string): Statement[] {
  const { Properties } = resource(template, 'AWS::IAM::Role', role);
  if (Properties.ManagedPolicyArns !== undefined || Properties.Policies !== undefined) {
    throw new Error(`${role} has rights beside its policy`);
  }
  return Object.values(resources(template, 'AWS::IAM::Policy'))
    .filter(policy => JSON.stringify(policy.Properties.Roles).includes(`"${role}`))
    .flatMap(policy => (policy.Properties.PolicyDocument as { Statement: Statement[] }).Statement);
}

export const allow = (Action: string | string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

/** The same, of items in partitions of a table with such names only. */
export const allowIn = (partitions: string | readonly string[], Action: string | string[], Resource: unknown) => ({
  ...allow(Action, Resource),
  Condition: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [partitions].flat() },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  },
});

/** The one resource of a type whose logical identifier begins so. */
export function resource(template: Template, type: string, name: string): Resource {
  const found = Object.entries(resources(template, type)).filter(([id]) => id.startsWith(name));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} of ${type} are called ${name}`);
  return only[1];
}
