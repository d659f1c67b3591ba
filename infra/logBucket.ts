/** The bucket of the log: what everybody may read through the CDN, and nobody takes away or writes over. */
import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AnyPrincipal,
  Effect,
  type IPrincipal,
  PolicyStatement,
  type PolicyStatementProps,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** The names of objects are the paths under which the public asks for them. */
export const logObjects = 'log/*';

export function logBucket(scope: Construct, id: string): Bucket {
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    encryption: BucketEncryption.S3_MANAGED,
    versioned: true,
    // None by default. Who wants what is there locked against the account's administrators too, can lock it.
    objectLockEnabled: true,
    lifecycleRules: [
      // Each checkpoint stands for all before it. Those of a quarter are kept for whoever looks into what was published when.
      { prefix: 'log/checkpoint', noncurrentVersionExpiration: Duration.days(90) },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const state = (effect: Effect, who: IPrincipal, more: PolicyStatementProps) =>
    bucket.addToResourcePolicy(new PolicyStatement({ effect, principals: [who], ...more }));
  // By the account and not by the distribution, which stands behind the API, which is given this bucket. What is in it is public.
  const distributions = `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/*`;
  const readers = { conditions: { ArnLike: { 'aws:SourceArn': distributions } } };
  const cdn = new ServicePrincipal('cloudfront.amazonaws.com');
  state(Effect.ALLOW, cdn, { actions: ['s3:GetObject'], resources: [bucket.arnForObjects(logObjects)], ...readers });
  // Without it S3 answers 403 for what is not there. Nobody lists through the CDN: it asks for names under log/ only, without a query.
  state(Effect.ALLOW, cdn, { actions: ['s3:ListBucket'], resources: [bucket.bucketArn], ...readers });
  const everybody = new AnyPrincipal();
  state(Effect.DENY, everybody, {
    actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
    resources: [bucket.arnForObjects('*')],
  });
  // A tile that is written twice is a fork. The sequencer asks that there be none, and S3 asks that it be asked.
  state(Effect.DENY, everybody, {
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects('log/tile/*')],
    conditions: { Null: { 's3:if-none-match': 'true' } },
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'The public reads it through the CDN, and who reads the public record is nobody’s business. One function writes, and what it writes is signed.',
  });
  return bucket;
}
