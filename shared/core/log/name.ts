/** The name of a log: its origin and the name of its keys, for ever. */
import type { Item, Write } from '../../ports/recordStore.ts';
import { replaceItem } from '../records.ts';
import { isKeyName } from './notes.ts';
import { nameKey } from './sequencing.ts';

/** A host and a path without a scheme, as C2SP tlog-checkpoint wants it: `book.example.org/log`. */
export const isLogName = (name: string) => isKeyName(name) && /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/.test(name);

/** The name that a book begins with when nobody chose one. @param address of the book, such as `https://book.example.org`. */
export const logNameAt = (address: string) => `${new URL(address).host}/log`;

export const nameIn = (item: Item) => String(item.data.name);

export const nameWrite = (name: string): Write => replaceItem(nameKey, undefined, { name });
