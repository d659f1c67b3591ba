/** In the place of the log where there is none: touching it is a fault of the program. */
import type { PublishedLog } from '../http/operation.ts';

export const noLog = new Proxy(Object.create(null), {
  get: (_, name) => {
    throw new Error(`This function was given no log, but asks for its ${String(name)}`);
  },
}) as PublishedLog;
