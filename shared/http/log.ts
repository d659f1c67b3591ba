/** One line of JSON for each request. It never holds personal data: no names, addresses, tokens, texts or query strings. */
import type { ErrorCode } from '../errors.ts';

export interface LogLine {
  readonly level: 'info' | 'error';
  readonly at: string;
  readonly requestId: string;
  readonly operation: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly code?: ErrorCode;
  /** For people who operate the system: what a fault was, and where. */
  readonly internal?: string;
  /** What metrics are made of. */
  readonly measures?: Readonly<Record<string, number>>;
}

export function writeLog(line: LogLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
