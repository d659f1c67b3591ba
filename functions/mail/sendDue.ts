/** Sends the mail that is due, in the order in which it fell due. */
import { instant } from '../../shared/core/calendar.ts';
import { mailingList } from '../../shared/core/mailings.ts';
import { listPartition } from '../../shared/core/records.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import { allPages } from '../../shared/http/read.ts';
import { sendMailing, type Went } from './sendMailing.ts';
import type { Limits, MailServices } from './services.ts';

/** What fails is logged, and stays on its list for the next time. */
export async function sendDue(services: MailServices, limits: Limits): Promise<void> {
  const { records, now } = services;
  const upTo = `${instant(now())}$`;
  for await (const rows of allPages(records, { partition: listPartition(mailingList), upTo })) {
    for (const row of rows) {
      if (limits.isOver()) return;
      const went = await sendMailing(row, services, limits).catch((error): Went => {
        logFaults(error, 'sendMail', services);
        return 'on';
      });
      // Nobody takes mail now: the others need not find out one by one.
      if (went === 'halted') return;
    }
  }
}
