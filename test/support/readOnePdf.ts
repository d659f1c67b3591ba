/** Reads one PDF, good or endless, and tells of the process that reads it, on Linux: for tests of how processes end. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { examine } from '../../shared/examination/examine.ts';
import { endlessPdf, pdfOf } from './pdfs.ts';

const bytes = process.argv[2] === 'endless' ? endlessPdf() : await pdfOf(['good']);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const declared = { name: 'a.pdf', type: 'application/pdf', size: bytes.length, sha256 };
const limits = { maxReaderBytes: 4_000_000_000 };
const reading = examine(async () => Readable.from([bytes]), declared, limits);
// Long enough for it to run what it is made of.
while (childOfThis() === undefined) await pause(50);
const pid = childOfThis();
const variables = readFileSync(`/proc/${pid}/environ`, 'utf8')
  .split('\0')
  // By which it knows how to answer.
  .filter(variable => variable !== '' && !variable.startsWith('NODE_CHANNEL_'));
const finding = process.argv[2] === 'endless' ? null : await reading;
process.stdout.write(`${JSON.stringify({ pid, variables, finding })}\n`);

function childOfThis(): number | undefined {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .find(id => {
      try {
        return readFileSync(`/proc/${id}/status`, 'utf8').includes(`\nPPid:\t${process.pid}\n`);
      } catch {
        return false;
      }
    });
}
