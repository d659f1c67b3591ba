/** The floor of every function that reads the book: the DynamoDB client, one read, no code of ours. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export const handler = async () => {
  const Key = { partition: { S: 'organisation#organisation' }, sort: { S: 'record' } };
  const { Item } = await client.send(new GetItemCommand({ TableName: process.env.RECORDS_TABLE, Key }));
  return { statusCode: Item === undefined ? 500 : 200 };
};
