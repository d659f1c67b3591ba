/** A key that signs with Ed25519, never leaves KMS, and signs for one function only. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** @param signer the role of the function. It gets the right, and nobody else can be given it but by changing the policy of the key. */
export function signingKey(scope: Construct, id: string, description: string, signer: Role): Key {
  const key = new Key(scope, id, {
    description: `Minutebook: ${description}`,
    keySpec: KeySpec.ECC_NIST_EDWARDS25519,
    keyUsage: KeyUsage.SIGN_VERIFY,
    // What it has signed is believed for ever, and a log without its key is at its end.
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const deny = (actions: string[], conditions: Record<string, unknown> = {}) =>
    key.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions,
        resources: ['*'],
        conditions,
      }),
    );
  deny(['kms:Sign'], { ArnNotEquals: { 'aws:PrincipalArn': signer.roleArn } });
  // Whoever means it has to change this policy first, which CloudTrail keeps.
  deny(['kms:ScheduleKeyDeletion']);
  knownKey(key.keyArn, signer);
  return key;
}

/** A key that is there already. Its own policy cannot be changed from here, and has to let the signer sign, too. @returns its ARN. */
export function knownKey(arn: string, signer: Role): string {
  signer.addToPolicy(
    new PolicyStatement({ effect: Effect.ALLOW, actions: ['kms:GetPublicKey', 'kms:Sign'], resources: [arn] }),
  );
  return arn;
}
