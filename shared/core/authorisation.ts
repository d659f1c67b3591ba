/** Who may do what. This table is the only place that decides it; what is not in it is denied. */
import { NotAllowedError, SignInRequiredError } from '../errors.ts';
import { covers, type PlainDate, type Term } from './calendar.ts';

/**
 * `public`: nobody signed in, and so everybody. `signed-in`: a token is accepted, whether or not the book knows the person.
 * All other roles come from seats held on the day.
 */
export const roles = [
  'public',
  'signed-in',
  'member',
  'director',
  'secretary',
  'treasurer',
  'auditor',
  'administrator',
] as const;
export type Role = (typeof roles)[number];

/** Kinds of bodies. Officers and directors of the organisation are those of its boards of directors. */
export const bodyKinds = [
  'board-of-directors',
  'board-of-advisors',
  'committee',
  'working-group',
  'secretariat',
  'membership',
] as const;
export type BodyKind = (typeof bodyKinds)[number];

export const offices = [
  'director',
  'chair',
  'co-chair',
  'secretary',
  'treasurer',
  'member',
  'auditor',
  'administrator',
] as const;
export type Office = (typeof offices)[number];

const everyone: readonly Role[] = ['public'];
const anyoneSignedIn: readonly Role[] = ['signed-in'];
const keepers: readonly Role[] = ['secretary', 'administrator'];
const archivists: readonly Role[] = ['secretary', 'treasurer'];
const officers: readonly Role[] = ['director', 'secretary', 'treasurer'];
const governors: readonly Role[] = ['director', 'secretary', 'treasurer', 'auditor'];

/** Operations of the contract by their id, and below them what only some may see within an answer. */
export const allowed = {
  getOrganisation: everyone,
  updateOrganisation: keepers,

  listBodies: everyone,
  getBody: everyone,
  createBody: keepers,
  updateBody: keepers,

  listSeats: everyone,
  getSeat: everyone,
  createSeat: keepers,
  endSeat: keepers,

  /** Events hold all that was ever recorded: drafts and contact data too. */
  listEvents: ['secretary', 'auditor'],
  listBookEvents: ['secretary', 'auditor'],

  listPeople: [...governors, 'administrator'],
  getPerson: [...governors, 'administrator'],
  createPerson: keepers,
  updatePerson: keepers,
  invitePerson: keepers,
  eraseContact: ['administrator'],
  acceptInvitation: anyoneSignedIn,
  getMe: anyoneSignedIn,

  listDisclosures: everyone,
  countDisclosures: everyone,
  getDisclosure: everyone,
  getDisclosureHistory: everyone,
  listEditions: everyone,
  getEdition: everyone,
  listDrafts: governors,
  listScheduled: governors,
  createDisclosure: ['secretary'],
  updateDisclosure: ['secretary'],
  publishDisclosure: ['secretary'],
  unscheduleDisclosure: ['secretary'],
  correctDisclosure: ['secretary'],
  withdrawDisclosure: ['secretary'],

  listDocuments: ['member'],
  getDocument: everyone,
  listReviews: governors,
  createDocument: archivists,
  updateDocument: archivists,
  changeDocumentAccess: archivists,
  readFile: everyone,
  retrieveFile: ['member'],
  /** Who had which file, and when. */
  listRetrievals: ['secretary', 'auditor'],
  checkFile: governors,

  createUpload: archivists,
  getUpload: archivists,
  grantUpload: archivists,
  completeUpload: archivists,

  getRetentionSchedule: everyone,
  updateRetentionSchedule: ['secretary'],
  listHolds: governors,
  getHold: governors,
  placeHold: officers,
  releaseHold: officers,
  listDisposals: governors,
  approveDisposal: officers,
  keepDocument: officers,
  getArchiveState: everyone,
  listDamaged: governors,

  getRules: everyone,
  updateRules: ['secretary'],
  listRegister: everyone,
  getResolution: everyone,
  listPending: ['member'],
  listTexts: everyone,
  getInForce: everyone,
  /** What failed in a vote. What was put aside is for the body. */
  listEnded: ['member'],
  listFollowUps: everyone,
  listConfidential: governors,
  /** Of these, each body admits those who hold a voting seat in it, or who lead it. */
  createResolution: ['member'],
  updateResolution: ['member'],
  moveResolution: ['member'],
  secondResolution: ['member'],
  withdrawResolution: ['member'],
  putAsideResolution: ['member'],
  takeUpResolution: ['member'],
  changeConfidentiality: ['member'],
  /** Whoever has it to do need hold no seat. */
  recordFollowUp: anyoneSignedIn,
  openVote: ['member'],
  /** Those who were entitled when the vote opened, though their seats have ended since. */
  castVote: anyoneSignedIn,
  giveProxy: anyoneSignedIn,
  recuse: anyoneSignedIn,
  listRecusals: everyone,
  closeVote: ['member'],
  decideTie: ['member'],
  listBallots: everyone,

  openConsent: ['member'],
  /** Of these, each body admits those who hold a voting seat in it. */
  signConsent: ['member'],
  withdrawSignature: ['member'],
  objectToConsent: ['member'],
  getCertificate: everyone,

  /** What everybody may know of meetings; the body and officers see all of them. */
  listMeetings: everyone,
  getNextMeeting: everyone,
  getMeeting: everyone,
  readBodyCalendar: everyone,
  /** Whoever has the address: its code is the key. */
  readCalendar: everyone,
  createCalendarAddress: ['member'],
  revokeCalendarAddress: ['member'],
  /** Of these, each body admits those who lead it. */
  createMeeting: ['member'],
  updateMeeting: ['member'],
  giveNotice: ['member'],
  cancelMeeting: ['member'],
  openMeeting: ['member'],
  adjournMeeting: ['member'],
  recordArrival: ['member'],
  recordDeparture: ['member'],
  recordMinutes: ['member'],
  /** For the body and officers; minutes, which tell confidential decisions too, for the body, the secretary and auditors. */
  listAttendance: ['member'],
  getMinutes: ['member'],

  /** Everybody for themselves. */
  getMyDeclaration: ['member'],
  declareInterests: ['member'],
  listDeclarations: governors,
  getDeclarationState: governors,
  listInterests: governors,
  listPersonInterests: governors,

  /** What the organisation owes, and how far it is. */
  listObligations: governors,
  listOwnObligations: governors,
  createObligation: archivists,
  updateObligation: archivists,
  getCompliance: governors,
  updateCompliance: archivists,
  listFiscalYears: governors,
  getFiscalYear: governors,
  recordFiscalYear: archivists,

  listFilings: governors,
  getFiling: governors,
  assignFiling: archivists,
  prepareFiling: archivists,
  reviewFiling: archivists,
  extendFiling: archivists,
  moveFiling: archivists,
  submitFiling: archivists,
  addPapers: archivists,
  answerFiling: archivists,
  publishCopies: archivists,
  excuseFiling: archivists,
  getPunctuality: everyone,
  /** Whoever has the address: its code is the key. */
  readFilingsCalendar: everyone,

  readReturn: archivists,
  recordPostcard: archivists,
  listReturns: everyone,
  getReturn: everyone,
  getFigures: everyone,

  getInspectionSet: everyone,
  checkAvailability: archivists,
  /** Who asked for copies is nobody else's business. */
  listCopyRequests: governors,
  getCopyRequest: governors,
  createCopyRequest: archivists,
  answerCopyRequest: archivists,

  getGovernance: governors,
  listPolicies: governors,
  designatePolicy: ['secretary'],

  /** Everybody sees supporters that agreed to be named. */
  listSupport: everyone,
  getSupport: everyone,
  createSupport: archivists,
  updateSupport: archivists,

  /** The log is there for everybody to read; what is proven with it, for whoever may see that. */
  getLog: everyone,
  readLogPolicy: everyone,
  getEntry: everyone,
  getConsistency: everyone,
  getProofOfRecord: everyone,
  getProofOfEvent: ['secretary', 'auditor'],

  showHomePage: everyone,
  showInspectionPage: everyone,
  showDisclosurePage: everyone,
  showRegisterPage: everyone,
  showResolutionPage: everyone,
  showVerifyPage: everyone,
  readFeed: everyone,
  readOpenapi: everyone,
  explainProblem: everyone,

  /** Disclosures before their publication, and all that was ever said in them. */
  'see unpublished disclosures': governors,
  /** Documents that are meant for the public, while nothing published refers to them. */
  'see documents before publication': governors,
  'see documents of members': ['member'],
  /** Others see those of the bodies in which they sit. */
  'see documents of every body': governors,
  'see documents of officers': governors,
  'see confidential documents': ['secretary', 'treasurer', 'auditor'],
  /** What a body has not put to the vote. Others see that of the bodies in which they sit. */
  'see drafts of every body': ['secretary', 'auditor'],
  'see votes': ['member'],
  /** All of its meetings. Others see those of the bodies in which they sit. */
  'see meetings of every body': governors,
  /** Opens and closes votes of any body; others those of bodies that they lead. */
  'lead every body': ['secretary'],
  /** Supporters that did not agree to be named, and what is missing from the inspection set. */
  'see compliance': governors,
  /** E-mail addresses. */
  'see contact data': ['secretary', 'auditor', 'administrator'],
  /** Seats of bodies that do not publish who sits in them. */
  'see unpublished seats': [...governors, 'administrator'],
  /** Who did something, by name, in a history. */
  'see who acted': ['member', ...governors, 'administrator'],
  /** Seats that give the roles of an auditor or administrator. */
  'appoint controllers': ['administrator'],
  /** How a person signs in who governs, keeps or controls the book: else a keeper could sign in as such a person. */
  'change the sign-in of officers': ['administrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof allowed;

/** Who is asking: the person, when the book knows the token's owner, and the roles and bodies of the day. */
export interface Caller {
  readonly personId: string | null;
  readonly roles: ReadonlySet<Role>;
  /** The bodies in which the person sits. */
  readonly bodies: ReadonlySet<string>;
}

export const anonymous: Caller = { personId: null, roles: new Set(['public']), bodies: new Set() };

/** Auditors and administrators control the book; they are appointed by administrators only. */
export const isController = (office: Office): office is 'auditor' | 'administrator' =>
  office === 'auditor' || office === 'administrator';

/** A seat as far as it gives roles. `bodyTerm` is the life of the body: a seat ends with it. */
export interface HeldSeat extends Term {
  readonly bodyId: string;
  readonly office: Office;
  readonly voting: boolean;
  readonly bodyKind: BodyKind;
  readonly bodyTerm: Term;
}

/** The roles that a signed-in person has on that day through these seats. */
export function rolesOn(seats: readonly HeldSeat[], today: PlainDate): ReadonlySet<Role> {
  const held = new Set<Role>(['public', 'signed-in']);
  for (const seat of seats) {
    if (!covers(seat, today)) continue;
    // Who controls the book does so whatever becomes of the body: else whoever may end a body could end all control.
    if (isController(seat.office)) held.add(seat.office).add('member');
    if (!covers(seat.bodyTerm, today)) continue;
    held.add('member');
    if (seat.bodyKind !== 'board-of-directors') continue;
    if (seat.voting) held.add('director');
    if (seat.office === 'secretary' || seat.office === 'treasurer') held.add(seat.office);
  }
  return held;
}

/** The bodies in which a person sits on that day through these seats. Who controls the book sits in none of them by that alone: a vote does it. */
export function bodiesOn(seats: readonly HeldSeat[], today: PlainDate): ReadonlySet<string> {
  const sits = (seat: HeldSeat) =>
    (seat.voting || !isController(seat.office)) && covers(seat, today) && covers(seat.bodyTerm, today);
  return new Set(seats.filter(sits).map(seat => seat.bodyId));
}

/** True for somebody who has, or will have, more to say than a member. */
export function isOfficer(seats: readonly HeldSeat[], today: PlainDate): boolean {
  return seats.some(seat => {
    const day = seat.from > today ? seat.from : today;
    return [...rolesOn([seat], day)].some(role => role !== 'public' && role !== 'signed-in' && role !== 'member');
  });
}

export function may(caller: Caller, permission: Permission): boolean {
  return allowed[permission].some(role => caller.roles.has(role));
}

/**
 * @throws {SignInRequiredError} nobody is signed in, and signing in could help.
 * @throws {NotAllowedError} somebody is signed in, but without a role that may.
 */
export function authorise(caller: Caller, permission: Permission): void {
  if (may(caller, permission)) return;
  if (!caller.roles.has('signed-in')) throw new SignInRequiredError();
  throw new NotAllowedError(
    `Only these roles may do this: ${allowed[permission].join(', ')}. Roles come from seats held today; ask the secretary.`,
  );
}
