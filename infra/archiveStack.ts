/** The archive: where the bytes of documents are kept, how they are examined and watched over, and how they reach readers. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ArchiveAlarms } from './archiveAlarms.ts';
import { ArchiveBuckets } from './archiveBuckets.ts';
import { ArchiveJobs } from './archiveJobs.ts';
import type { ArchiveSettings, FunctionProps } from './bookFunction.ts';
import { FileDelivery } from './fileDelivery.ts';
import { MalwareScan } from './malwareScan.ts';
import { setting } from './settings.ts';

export interface ArchiveStackProps extends StackProps, FunctionProps {}

export class ArchiveStack extends Stack {
  /** For the functions that are given the archive. */
  readonly settings: ArchiveSettings;
  /** Hears of alarms. */
  readonly operator: ITopic;

  constructor(scope: Construct, id: string, props: ArchiveStackProps) {
    super(scope, id, props);
    const buckets = new ArchiveBuckets(this, 'Buckets');
    const { archive, quarantine } = buckets;
    const scanned = setting(this, 'malwareScan') === '1';
    if (scanned) buckets.announceUploads();
    const scan = scanned ? new MalwareScan(this, 'MalwareScan', quarantine) : undefined;
    const files = new FileDelivery(this, 'Files', archive);
    this.settings = { archive, quarantine, filesOrigin: files.origin, scanned };
    const jobs = new ArchiveJobs(this, 'Jobs', { ...props, archive: this.settings, scanResults: scan?.results });
    const alarms = new ArchiveAlarms(this, 'Alarms', { ...jobs, undecidedScans: scan?.undecided });
    this.operator = alarms.topic;

    new CfnOutput(this, 'ArchiveBucket', { value: archive.bucketName });
    new CfnOutput(this, 'QuarantineBucket', { value: quarantine.bucketName });
    new CfnOutput(this, 'FilesOrigin', { value: files.origin });
    new CfnOutput(this, 'OperatorTopic', { value: alarms.topic.topicArn });
  }
}
