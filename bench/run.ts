/** `npm run bench`: all benchmarks, one after the other. Nothing depends on their results. */
import { cpus } from 'node:os';
import { archive } from './archive.ts';
import { coldStart } from './coldStart.ts';
import { embedded } from './embedded.ts';
import { gigabyte } from './gigabyte.ts';
import { log } from './log.ts';
import { returns } from './returns.ts';
import { tenThousand } from './tenThousand.ts';
import { verify } from './verify.ts';
import { votes } from './votes.ts';

console.log(`Node ${process.version}, ${cpus().length} processors: ${cpus()[0]?.model ?? 'unknown'}`);
await coldStart();
await embedded();
await tenThousand();
await archive();
await votes();
await returns();
await log();
await verify();
await gigabyte();
