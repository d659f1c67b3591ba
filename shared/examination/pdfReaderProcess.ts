/** The process that reads PDFs, one after another, for the process that started it, and never outlives it. */
import { Worker } from 'node:worker_threads';
import { type Order, readPdf } from './pdfReading.ts';

process.on('message', async (order: Order) => {
  // An error ends the process: the one that asked takes that for an answer.
  process.send?.(await readPdf(order));
});
process.on('disconnect', () => process.exit());

// While a file keeps this thread from everything else, another one sees that nobody waits for the answer any more.
const watch = `const parent = process.ppid;
setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 1000);`;
new Worker(watch, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();
