// The contract as a whole: every operation is declared once, completely, and its examples are right.
import { describe, expect, it } from 'vitest';
import { operations } from '../../../shared/contract/routes.ts';
import { allowed } from '../../../shared/core/authorisation.ts';
import { type ErrorCode, errorCodes } from '../../../shared/errors.ts';

const each = operations.map(declared => [declared.id, declared] as const);
const namesIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1]);
const duplicates = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

describe('the operations', () => {
  it('have identifiers of their own', () => {
    expect(duplicates(operations.map(({ id }) => id))).toEqual([]);
  });

  it('have addresses of their own, whatever their parameters are called', () => {
    const addresses = operations.map(({ route }) => `${route.method} ${route.path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(duplicates(addresses)).toEqual([]);
  });

  it('call the parameters at one place of an address by one name, as API Gateway demands', () => {
    const names = new Map<string, Set<string>>();
    for (const { route } of operations) {
      const parts = route.path.split('/');
      parts.forEach((part, index) => {
        if (!part.startsWith('{')) return;
        const before = parts.slice(0, index).join('/');
        names.set(before, (names.get(before) ?? new Set()).add(part));
      });
    }
    for (const [before, found] of names) expect([before, [...found]]).toEqual([before, [[...found][0]]]);
  });
});

describe.each(each)('%s', (id, { route }) => {
  it('declares exactly the parameters of its path', () => {
    expect(Object.keys(route.params?.shape ?? {})).toEqual(namesIn(route.path));
  });

  it('stands in the table of permissions', () => {
    expect(Object.hasOwn(allowed, id)).toBe(true);
  });

  it('reads with GET and changes with anything else', () => {
    expect(route.command === undefined).toBe(route.method === 'GET');
    if (route.command === undefined)
      expect([route.body, route.status]).toEqual([undefined, route.status === 302 ? 302 : 200]);
    if (route.answeredOnce) expect(route.command).toBeDefined();
  });

  it('is summed up on one line, in the imperative or as what it shows, without a full stop', () => {
    expect(route.summary).toMatch(/^[A-Z][^\n]{10,120}[^.\n]$/);
  });

  it('takes its example of a body, and a body with anything more not', () => {
    expect(route.example.body === undefined).toBe(route.body === undefined);
    if (route.body === undefined) return;
    expect(route.body.safeParse(route.example.body).error).toBeUndefined();
    expect(route.body.safeParse({ ...(route.example.body as object), admin: true }).success).toBe(false);
  });

  it('answers its example, which survives JSON', () => {
    expect(route.answer.safeParse(route.example.answer).error).toBeUndefined();
    expect(JSON.parse(JSON.stringify(route.example.answer))).toEqual(route.example.answer);
  });

  it('gives out no field that its answer does not name', () => {
    if (!('shape' in route.answer)) return;
    expect(route.answer.safeParse({ ...(route.example.answer as object), internal: 1 }).success).toBe(false);
  });

  it('refuses unknown parameters in path and query, save the pages', () => {
    for (const schema of [route.params, route.type?.startsWith('text/html') ? undefined : route.query]) {
      if (schema !== undefined)
        expect(schema.safeParse({ __proto__: null, unknown: '1' }).error?.issues.map(issue => issue.code)).toContain(
          'unrecognized_keys',
        );
    }
  });

  it('names only errors that there are, and none that follow from the rest', () => {
    const implied: ErrorCode[] = [
      'validation-failed',
      'malformed-request',
      'token-not-accepted',
      'sign-in-required',
      'not-allowed',
      'internal-error',
    ];
    for (const code of route.errors ?? []) {
      expect(errorCodes).toHaveProperty(code);
      expect(implied).not.toContain(code);
    }
  });
});
