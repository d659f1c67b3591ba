/** The CDK app: everything that Minutebook is on AWS. */
import { join } from 'node:path';
import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ApiStack } from './apiStack.ts';
import { ArchiveStack } from './archiveStack.ts';
import { DataStack } from './dataStack.ts';
import { DecisionsStack } from './decisionsStack.ts';
import { FilingsStack } from './filingsStack.ts';
import { IdentityStack } from './identityStack.ts';
import { InspectionStack } from './inspectionStack.ts';
import { LogStack } from './logStack.ts';
import { hasMail, MailStack } from './mailStack.ts';
import { hasPublicAddress } from './publicAddress.ts';
import { PublicStack } from './publicStack.ts';
import { isWitness, WitnessStack } from './witnessStack.ts';

/** @param bundles the folder with the functions' bundles, from the build. */
export function addMinutebook(app: App, bundles = join(import.meta.dirname, '..', 'dist', 'functions')): void {
  const data = new DataStack(app, 'MinutebookData', {
    description: 'Minutebook: the records',
    terminationProtection: true,
  });
  const identity = new IdentityStack(app, 'MinutebookIdentity', {
    description: 'Minutebook: who can sign in',
    terminationProtection: true,
  });
  const archive = new ArchiveStack(app, 'MinutebookArchive', {
    description: 'Minutebook: the documents',
    terminationProtection: true,
    bundles,
    tables: data.tables,
    identity,
  });
  new DecisionsStack(app, 'MinutebookDecisions', {
    description: 'Minutebook: the counting of votes',
    terminationProtection: true,
    bundles,
    tables: data.tables,
    identity,
    operator: archive.operator,
  });
  new FilingsStack(app, 'MinutebookFilings', {
    description: 'Minutebook: the filings that are expected',
    terminationProtection: true,
    bundles,
    tables: data.tables,
    identity,
    operator: archive.operator,
  });
  if (hasMail(app)) {
    new MailStack(app, 'MinutebookMail', {
      description: 'Minutebook: the sending of mail',
      terminationProtection: true,
      bundles,
      tables: data.tables,
      identity,
      operator: archive.operator,
    });
  }
  if (hasPublicAddress(app)) {
    new InspectionStack(app, 'MinutebookInspection', {
      description: 'Minutebook: whether everybody can have what anyone may inspect',
      terminationProtection: true,
      bundles,
      tables: data.tables,
      identity,
      operator: archive.operator,
    });
  }
  const log = new LogStack(app, 'MinutebookLog', {
    description: 'Minutebook: the transparency log',
    terminationProtection: true,
    bundles,
    tables: data.tables,
    identity,
    operator: archive.operator,
  });
  const { api } = new ApiStack(app, 'MinutebookApi', {
    description: 'Minutebook: the API and its functions',
    terminationProtection: true,
    bundles,
    tables: data.tables,
    identity,
    archive: archive.settings,
    log: log.settings,
  });
  if (isWitness(app)) {
    new WitnessStack(app, 'MinutebookWitness', {
      description: 'Minutebook: the witness of other logs',
      terminationProtection: true,
      bundles,
      tables: data.tables,
      identity,
      api,
    });
  }
  new PublicStack(app, 'MinutebookPublic', {
    description: 'Minutebook: the CDN under the public address',
    terminationProtection: true,
    api,
    bucket: log.settings.bucket,
  });
  Tags.of(app).add('project', 'minutebook');
  // A finding that nobody acknowledged, with a reason, ends the synthesis.
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

if (import.meta.main) {
  const app = new App();
  addMinutebook(app);
  app.synth();
}
