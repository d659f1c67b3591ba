/** How the files of a log are served, wherever they lie (C2SP tlog-tiles). */

/** Of a checkpoint, and of tiles and bundles. */
export const logTypes = {
  checkpoint: 'text/plain; charset=utf-8',
  tile: 'application/octet-stream',
} as const;

/** What is never written over may be kept for ever; the checkpoint for seconds. */
export const cacheControls = {
  immutable: 'public, max-age=31536000, immutable',
  checkpoint: 'public, max-age=2',
} as const;
