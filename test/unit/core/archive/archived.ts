// A document of the archive with two versions, what refers to it, and callers as their seats make them.
import type { ArchivedDocument, Facts, Reference, Version } from '../../../../shared/core/archive/documents.ts';
import {
  anonymous,
  bodiesOn,
  type Caller,
  type HeldSeat,
  type Role,
  rolesOn,
} from '../../../../shared/core/authorisation.ts';

export const today = '2024-06-30';
export const now = '2024-06-30T12:00:00.000Z';
export const earlier = '2024-01-31T12:00:00.000Z';
export const later = '2024-06-30T12:00:00.001Z';

export const facts: Facts = {
  title: 'Conflict of interest policy',
  kind: 'policy',
  language: 'en',
  period: null,
  bodyId: 'committee',
  replaces: null,
  review: null,
};

export function versionOf(number: number, more: Partial<Version> = {}): Version {
  return {
    number,
    name: 'policy.pdf',
    type: 'application/pdf',
    size: 48_213,
    sha256: String(number).repeat(64).slice(0, 64),
    condition: 'sound',
    pages: 3,
    sealedAt: earlier,
    title: null,
    note: null,
    text: null,
    addedBy: 'ann',
    addedAt: earlier,
    ...more,
  };
}

export function archived(more: Partial<ArchivedDocument> = {}): ArchivedDocument {
  const { number, name, type, size, sha256, condition, pages, sealedAt } = versionOf(2);
  const latest = { number, name, type, size, sha256, condition, pages, sealedAt };
  const sealed = { versions: 2, latest, firstSealedAt: earlier, damaged: [] };
  return { facts, access: 'public', ...sealed, keepUntil: null, disposal: null, ...more };
}

export const zone = 'America/New_York';
export const sealedAt = (at: string) => {
  const { latest } = archived();
  return latest === null ? null : { ...latest, sealedAt: at };
};
/** Not yet sealed when `at` is null. */
export function documentOf(at: string | null, periodEnd: string | null = null, keepUntil: string | null = null) {
  const period = periodEnd === null ? null : { from: '2023-01-01', to: periodEnd };
  const sealed = { latest: at === null ? null : sealedAt(at), firstSealedAt: at };
  return archived({ facts: { ...facts, period }, ...sealed, keepUntil });
}

export const reference = {
  draft: (...versions: number[]): Reference => ({ versions, publishAt: null, withdrawn: false }),
  scheduled: (...versions: number[]): Reference => ({ versions, publishAt: later, withdrawn: false }),
  published: (...versions: number[]): Reference => ({ versions, publishAt: now, withdrawn: false }),
  withdrawn: (...versions: number[]): Reference => ({ versions, publishAt: earlier, withdrawn: true }),
};

export function seat(more: Partial<HeldSeat>): HeldSeat {
  const term = { from: '2024-01-01', to: null };
  const bodyTerm = { from: '2020-01-01', to: null };
  return {
    bodyId: 'board',
    bodyKind: 'board-of-directors',
    office: 'member',
    voting: false,
    ...term,
    bodyTerm,
    ...more,
  };
}

/** Somebody signed in who holds these seats. */
export function seated(...seats: HeldSeat[]): Caller {
  return { personId: 'p', roles: rolesOn(seats, today), bodies: bodiesOn(seats, today) };
}

const committee = { bodyId: 'committee', bodyKind: 'committee' } as const;

/** Everybody whom the levels tell apart. The documents of the tests belong to the committee. */
export const callers: Readonly<Record<Exclude<Role, 'signed-in'> | 'stranger' | 'seated', Caller>> = {
  public: anonymous,
  stranger: seated(),
  member: seated(seat({ bodyId: 'other', bodyKind: 'committee', voting: true })),
  seated: seated(seat(committee)),
  director: seated(seat({ office: 'director', voting: true })),
  secretary: seated(seat({ office: 'secretary' })),
  treasurer: seated(seat({ office: 'treasurer' })),
  auditor: seated(seat({ office: 'auditor' })),
  administrator: seated(seat({ office: 'administrator' })),
};
