/** The work that nobody asks for by HTTP, on one machine: what the functions `ingest`, `custody`, `count`, `expect`, `availability`, `sequence` and `mail` do on AWS. */
import { setTimeout as pause } from 'node:timers/promises';
import { lookForDue } from '../functions/availability/lookForDue.ts';
import { countDue } from '../functions/count/countDue.ts';
import { checkAsked } from '../functions/custody/checkAsked.ts';
import { type Round, runCustody } from '../functions/custody/runCustody.ts';
import { expectFilings } from '../functions/expect/expectFilings.ts';
import { ingestAll } from '../functions/ingest/ingestUpload.ts';
import { sendDue } from '../functions/mail/sendDue.ts';
import type { MailServices } from '../functions/mail/services.ts';
import { sequence } from '../functions/sequence/sequence.ts';
import type { OwnLog, SequencerServices } from '../functions/sequence/services.ts';
import { toCheck } from '../shared/core/archive/custody.ts';
import { toExamine } from '../shared/core/archive/uploads.ts';
import { resolutionLists } from '../shared/core/decisions/resolutions.ts';
import { toLookFor } from '../shared/core/filings/availability.ts';
import { toExpect } from '../shared/core/filings/expecting.ts';
import { mailingList } from '../shared/core/mailings.ts';
import { closeReader } from '../shared/examination/pdfReader.ts';
import { closeReturnReader } from '../shared/examination/returnReader.ts';
import { logFaults } from '../shared/http/jobLog.ts';
import type { JobServices } from '../shared/http/operation.ts';
import { LogForkError } from '../shared/ports/logStore.ts';
import { withFeed } from './changeFeed.ts';

export interface Jobs {
  /** To be used by whoever writes to the book: then the work begins at once. */
  readonly records: JobServices['records'];
  /** Ends what is under way, and begins nothing more. */
  stop(): Promise<void>;
}

/** What was left because of a fault is taken up again after this time. */
const retrySeconds = 60;

/** A vote is counted at most so long after its end. */
const countSeconds = 5;

/** Files are written at once; more at a time would only keep others waiting. */
const mailLimits = { atOnce: 2, patienceMilliseconds: 10_000 };

/** So long events gather before they are sealed together: each time leaves files. */
const gatherMilliseconds = 250;

export interface JobOptions {
  readonly round: Round;
  /** Without it nothing is sent, and no public file is fetched. */
  readonly mail?: Pick<MailServices, 'mailer' | 'origin'>;
  /** Without it events wait to be sealed. */
  readonly log?: OwnLog;
}

/** Begins with what was left when the program stopped last. @param asked whose records seal what is committed. */
export function startJobs(asked: JobServices, { round, mail, log }: JobOptions): Jobs {
  const services = { ...asked, records: withFeed(asked.records, {}, () => seal.wake()) };
  const stopping = new AbortController();
  const { signal } = stopping;
  const ingest = worker(() => ingestAll(services), services, 'ingest', signal);
  const check = worker(() => checkAsked(services), services, 'checkFixity', signal);
  const count = worker(() => countDue(services), services, 'countVote', signal);
  const limits = { ...mailLimits, isOver: () => signal.aborted };
  const send = mail === undefined ? async () => {} : () => sendDue({ ...services, ...mail }, limits);
  const post = worker(send, services, 'sendMail', signal);
  const looking = mail && { origin: mail.origin, patienceMilliseconds: 20_000, isOver: limits.isOver };
  const look = worker(async () => looking && lookForDue(services, looking), services, 'checkAvailability', signal);
  const expect = worker(() => expectFilings(services), services, 'expectFilings', signal);
  const custody = worker(() => runCustody(services, round), services, 'custody', signal);
  const seal = worker(async () => log && sealWaiting({ ...services, ...log }, signal), services, 'sequence', signal);
  const often = repeat(retrySeconds, [ingest.wake, check.wake, post.wake, expect.wake, seal.wake], signal);
  // Files are fetched from the book itself, which does not listen yet.
  const listening = repeat(retrySeconds, [look.wake], signal, retrySeconds);
  const soon = repeat(countSeconds, [count.wake], signal);
  const hourly = repeat(round.hoursBetweenRounds * 3600, [custody.wake], signal);
  return {
    records: withFeed(
      asked.records,
      {
        [toExamine]: ingest.wake,
        [toCheck]: check.wake,
        [resolutionLists.open]: count.wake,
        [mailingList]: post.wake,
        [toExpect]: expect.wake,
        [toLookFor]: look.wake,
      },
      seal.wake,
    ),
    async stop() {
      stopping.abort();
      const workers = [ingest, check, count, post, look, expect, custody, seal];
      await Promise.all([often, listening, soon, hourly, ...workers.map(one => one.done())]);
      await Promise.all([closeReader(), closeReturnReader()]);
    },
  };
}

async function sealWaiting(services: SequencerServices, signal: AbortSignal): Promise<void> {
  await pause(gatherMilliseconds, undefined, { signal }).catch(() => {});
  try {
    // One run takes so much only that what it took is published soon.
    while ((await sequence(services)).isMoreWaiting && !signal.aborted);
  } catch (error) {
    if (!(error instanceof LogForkError)) throw error;
    // Of all faults this one does not pass by itself (see docs/runbook.md).
    logFaults(error, 'logFork', services);
  }
}

/** Does its work whenever it is woken, never twice at a time; what it is told while it works, it does afterwards. */
function worker(work: () => Promise<void>, services: JobServices, operation: string, signal: AbortSignal) {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await work().catch(error => logFaults(error, operation, services));
    } while (again && !signal.aborted);
    running = undefined;
  };
  return {
    wake: () => {
      if (signal.aborted) return;
      if (running === undefined) running = run();
      else again = true;
    },
    done: () => running ?? Promise.resolve(),
  };
}

/** @param first how many seconds before the first time. */
async function repeat(seconds: number, wakes: readonly (() => void)[], signal: AbortSignal, first = 0): Promise<void> {
  const wait = (some: number) => pause(some * 1000, undefined, { signal, ref: false }).catch(() => {});
  if (first > 0) await wait(first);
  while (!signal.aborted) {
    for (const wake of wakes) wake();
    await wait(seconds);
  }
}
