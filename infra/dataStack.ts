/** The tables. They outlive every other part: no deployment, and no deletion of a stack, takes records away. */
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

export interface Tables {
  readonly records: TableV2;
  readonly expiring: TableV2;
  readonly log: TableV2;
}

export class DataStack extends Stack {
  readonly tables: Tables;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const common = {
      partitionKey: { name: 'partition', type: AttributeType.STRING },
      sortKey: { name: 'sort', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      // Costs nothing a month, unlike a key of our own, and nobody can schedule its deletion and so the end of the book.
      // Its use stands in CloudTrail, which that of a key owned by AWS does not.
      encryption: TableEncryptionV2.awsManagedKey(),
    };
    const forEver = {
      ...common,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    this.tables = {
      records: new TableV2(this, 'Records', {
        ...forEver,
        // Whoever seals the events reads them here: new images are all it needs.
        dynamoStream: StreamViewType.NEW_IMAGE,
      }),
      // What is in it is forgotten within days on purpose, and its loss costs nothing but the memory of repeated requests:
      // so there is nothing to recover, and a deleted stack may take it along.
      expiring: new TableV2(this, 'Expiring', {
        ...common,
        timeToLiveAttribute: 'expiresAt',
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      // The order of the log, and what a witness has cosigned: without it neither can go on.
      log: new TableV2(this, 'Log', forEver),
    };
    // The tables of a book are founded, restored and looked into by hand.
    for (const [name, { tableName }] of Object.entries(this.tables)) {
      new CfnOutput(this, `${name}Table`, { value: tableName });
    }
  }
}
