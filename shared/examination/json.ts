/** JSON (RFC 8259) of any size, checked while it passes: nothing is built of it. */
import type { Sink } from './arrival.ts';

const maxDepth = 1000;
/** Of one number, in characters. */
const maxTokenBytes = 1000;

type State = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'string' | 'escape' | 'token';

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
const token = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/** Letters, digits, and the signs of numbers. */
const inTokens = Uint8Array.from({ length: 256 }, (_, byte) => (/[\w.+-]/.test(String.fromCharCode(byte)) ? 1 : 0));

/** Looks on while JSON passes, which must be UTF-8 without a byte order mark; that another has to check. */
export class JsonCheck implements Sink {
  /** The arrays and objects that are open, by the byte that closes them. */
  readonly #open: number[] = [];
  #state: State = 'value';
  /** Whether the string that passes is a key. */
  #isKey = false;
  /** What has passed of a number, a word or an escape sequence. */
  #part = '';
  #isValid = true;

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length && this.#isValid; at++) {
      if (this.#state === 'string') at = endOfPlain(chunk, at);
      if (at < chunk.length) this.#step(chunk[at] as number);
    }
  }

  /** Whether all that has passed is one JSON text. */
  end(): boolean {
    if (this.#state === 'token') this.#endToken();
    return this.#isValid && this.#state === ', or end' && this.#open.length === 0;
  }

  #require(condition: boolean): void {
    if (!condition) this.#isValid = false;
  }

  #step(byte: number): void {
    if (this.#state === 'string') {
      if (byte === quote) this.#state = this.#isKey ? ':' : ', or end';
      else if (byte === backslash) this.#state = 'escape';
      else this.#require(byte >= 0x20);
      return;
    }
    if (this.#state === 'escape') {
      this.#escaped(byte);
      return;
    }
    if (this.#state === 'token') {
      if (inTokens[byte] === 1) {
        this.#part += String.fromCharCode(byte);
        this.#require(this.#part.length <= maxTokenBytes);
        return;
      }
      this.#endToken();
    }
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) this.#between(byte);
  }

  #between(byte: number): void {
    const state = this.#state;
    if (state === ':') {
      this.#require(byte === colon);
      this.#state = 'value';
    } else if (state === ', or end') {
      const closes = this.#open.at(-1);
      if (byte === comma && closes !== undefined) this.#state = closes === closeObject ? 'key' : 'value';
      else this.#close(byte);
    } else if (state === 'key or }' && byte === closeObject) this.#close(byte);
    else if (state === 'key' || state === 'key or }') {
      this.#isKey = true;
      this.#require(byte === quote);
      this.#state = 'string';
    } else if (byte === closeArray && state === 'value or ]') this.#close(byte);
    else this.#beginValue(byte);
  }

  #beginValue(byte: number): void {
    if (byte === quote) {
      this.#isKey = false;
      this.#state = 'string';
    } else if (byte === openArray || byte === openObject) {
      this.#open.push(byte === openArray ? closeArray : closeObject);
      this.#require(this.#open.length <= maxDepth);
      this.#state = byte === openArray ? 'value or ]' : 'key or }';
    } else {
      this.#part = String.fromCharCode(byte);
      this.#state = 'token';
    }
  }

  #close(byte: number): void {
    this.#require(this.#open.pop() === byte);
    this.#state = ', or end';
  }

  #endToken(): void {
    this.#require(token.test(this.#part));
    this.#part = '';
    this.#state = ', or end';
  }

  #escaped(byte: number): void {
    this.#part += String.fromCharCode(byte);
    if (/^(?:["\\/bfnrt]|u[\da-fA-F]{4})$/.test(this.#part)) {
      this.#part = '';
      this.#state = 'string';
    } else this.#require(/^u[\da-fA-F]{0,3}$/.test(this.#part));
  }
}

/** Where what means itself in a string ends; most of JSON is that. */
function endOfPlain(chunk: Buffer, from: number): number {
  let at = from;
  while (at < chunk.length) {
    const byte = chunk[at] as number;
    if (byte === quote || byte === backslash || byte < 0x20) break;
    at++;
  }
  return at;
}
