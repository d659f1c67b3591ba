/** The buckets: what is archived for good, what is being uploaded, and who asked for what. */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  type IBucket,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

const mebibyte = 1024 * 1024;

const common = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  // Denies every request that does not come over TLS.
  enforceSSL: true,
  // With S3's own keys there is none whose deletion would end the archive, none whose use every link would need a right to, and
  // no request to KMS for each read.
  encryption: BucketEncryption.S3_MANAGED,
} satisfies BucketProps;

export class ArchiveBuckets extends Construct {
  readonly archive: Bucket;
  readonly quarantine: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const logs = new Bucket(this, 'AccessLogs', {
      ...common,
      // They name whoever sent an upload by his address, so they do not stay.
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: RemovalPolicy.RETAIN,
    }) as IBucket;

    this.archive = new Bucket(this, 'Archive', {
      ...common,
      versioned: true,
      // Each file has its own retention and holds. None by default: bytes that turn out to be wrong must go at once.
      objectLockEnabled: true,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'archive/',
      lifecycleRules: [
        {
          // Colder storage that answers at once. By the gigabyte and month, Standard costs USD 0.023; Glacier Instant Retrieval
          // 0.004, and 0.03 for each time that it is read. Fixity reads everything every `fixityDays` days: with 30 that
          // comes to 0.034, with 90 to 0.014, and every download adds to it. Intelligent-Tiering costs nothing to read and
          // cools what nobody reads for 30 days to 0.0125, for 90 days to 0.004: with 30 it comes to 0.023, with 90 to 0.016,
          // with 365 to 0.007. So it never costs more than Standard but for 0.0025 a month for 1,000 files, which a file
          // earns back from half a megabyte on.
          transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }],
          objectSizeGreaterThan: mebibyte,
        },
        // Nothing expires but the mark of a deletion under which no version is left.
        { expiredObjectDeleteMarker: true },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });

    Validations.of(this.archive).acknowledge({
      id: 'CloudFormation-Validate::W9003',
      reason: 'CDK writes objectSizeGreaterThan as a number, and CloudFormation reads it as the text that it wants.',
    });

    this.quarantine = new Bucket(this, 'Quarantine', {
      ...common,
      versioned: false,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'quarantine/',
      // The function `custody` removes what was abandoned, after a day. This is the net below it, and for sessions that nobody
      // knows.
      lifecycleRules: [{ expiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      // Nothing in it is meant to stay. While something is in it, S3 refuses to delete it.
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** Tells EventBridge of what arrives in quarantine. Bucket itself would do so with a function of its own. */
  announceUploads(): void {
    const resource = this.quarantine.node.defaultChild as CfnBucket;
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}
