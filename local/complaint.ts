/** What to tell an operator about a start that failed: one sentence that names the place and what to do there. */
import { BookFileError } from '../shared/adapters/sqliteFile.ts';
import { UnavailableError } from '../shared/errors.ts';
import { SettingError } from './settings.ts';

/** Undefined for a fault of the program, whose stack somebody will want to see. */
export function complaintAbout(error: unknown): string | undefined {
  if (error instanceof SettingError || error instanceof BookFileError) return error.message;
  if (error instanceof UnavailableError) return `${error.internal}. Mend that, then start again.`;
  if (!(error instanceof Error)) return undefined;
  const { code = '', syscall, port, path } = error as NodeJS.ErrnoException & { port?: number };
  if (syscall === 'listen') return aboutPort(code, port);
  return path === undefined ? undefined : aboutPath(code, path);
}

function aboutPort(code: string, port: number | undefined): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use, perhaps by a Minutebook that runs already. Stop it, or choose another: PORT=4100 npm start`;
  }
  if (code === 'EACCES') return `Port ${port} is not for everybody. Choose one above 1023: PORT=4100 npm start`;
  return `Port ${port} cannot be used (${code}). Choose another: PORT=4100 npm start`;
}

const about: Readonly<Record<string, (path: string) => string>> = {
  EEXIST: path => `${path} is a file, and the book needs a folder. Choose another with MINUTEBOOK_DATA.`,
  ENOTDIR: path => `${path} lies below a file, and the book needs a folder. Choose another with MINUTEBOOK_DATA.`,
  EISDIR: path =>
    `${path} is a folder, and a file belongs there. Move it away, or choose another with MINUTEBOOK_DATA.`,
  ENOSPC: path => `${path} cannot be written: the disk is full. Make room, then start again.`,
  EROFS: path => `${path} cannot be written: the disk is read-only. Choose another folder with MINUTEBOOK_DATA.`,
};

function aboutPath(code: string, path: string): string | undefined {
  if (code === 'EACCES' || code === 'EPERM') {
    return `${path} may not be read and written by you. Change its permissions, or choose another folder with MINUTEBOOK_DATA.`;
  }
  return about[code]?.(path);
}
