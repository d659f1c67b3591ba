/** In the place of the archive where there is none: touching it is a fault of the program. */
import type { BlobStore } from '../ports/blobStore.ts';

export const noBlobs = new Proxy(Object.create(null), {
  get: (_, name) => {
    throw new Error(`This function was given no archive, but asks for ${String(name)}`);
  },
}) as BlobStore;
