/** The stacks of the log as two files of tests look at them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { expect } from 'vitest';
import { keyText, type SignatureType, verifierKey } from '../../shared/core/log/notes.ts';
import { resource, type Synthesis, synthesise, synthesiseTemplates } from './synthesis.ts';

export const publicAddress = 'https://book.lpsa.example';

/** The first synthesis builds what the later ones use again. */
export function synthesesOfLog() {
  const made: Synthesis[] = [];
  return {
    async synthesised(more: Record<string, string>): Promise<Synthesis> {
      const [first] = made;
      const synthesis = await (first === undefined ? synthesiseTemplates(more) : synthesise(more, first));
      made.push(synthesis);
      return synthesis;
    },
    made: made as readonly Synthesis[],
    remove: () => {
      for (const one of made) one.remove();
    },
  };
}

/** That nobody has. */
export const aKeyOf = (name: string, type: SignatureType) =>
  keyText(verifierKey(name, type, new Uint8Array(32).fill(7)));

export const on = (value: string) => ({ 'Fn::ImportValue': expect.stringContaining(value) });
export const bucketArn = { 'Fn::GetAtt': [expect.stringMatching('^Bucket'), 'Arn'] };
export const objects = (pattern: string) => ({ 'Fn::Join': ['', [bucketArn, `/${pattern}`]] });
export const keyArn = (name: string) => ({ 'Fn::GetAtt': [expect.stringMatching(`^Key${name}`), 'Arn'] });
export const sequencerIn = (log: Template) => resource(log, 'AWS::Lambda::Function', 'sequenceFunction').Properties;
export const templateIn = ({ folder }: Synthesis, stack: string) =>
  Template.fromString(readFileSync(join(folder, 'cdk.out', `${stack}.template.json`), 'utf8'));
