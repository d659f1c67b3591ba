/** The Lambda function `count`: counts votes as soon as they are closed (the change feed), and those whose time is over (a schedule). */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { countDue } from './countDue.ts';

const services = awsServices();

export async function handler(): Promise<void> {
  await countDue(services);
}
