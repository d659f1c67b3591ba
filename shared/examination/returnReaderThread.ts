/** The thread that reads returns, one after another, for the thread that started it. */
import { parentPort } from 'node:worker_threads';
import { readBytes } from './returnReading.ts';

// An error ends the thread: the one that asked is told.
parentPort?.on('message', (bytes: Uint8Array) => parentPort?.postMessage(readBytes(bytes)));
