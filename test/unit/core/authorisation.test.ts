// Who may do what, spelled out a second time: whoever changes the table of the source has to mean it.
import { describe, expect, it } from 'vitest';
import { operations } from '../../../shared/contract/routes.ts';
import {
  allowed,
  anonymous,
  authorise,
  type BodyKind,
  bodiesOn,
  bodyKinds,
  type Caller,
  type HeldSeat,
  may,
  type Office,
  offices,
  type Permission,
  type Role,
  roles,
  rolesOn,
} from '../../../shared/core/authorisation.ts';
import { NotAllowedError, SignInRequiredError } from '../../../shared/errors.ts';

/** `x` where the role itself gives the permission, `-` where it does not; what everybody may do stands under `public`. */
const grid = `
                                 public signed-in member director secretary treasurer auditor administrator
getOrganisation                  x      -         -      -        -         -         -       -
updateOrganisation               -      -         -      -        x         -         -       x
listBodies                       x      -         -      -        -         -         -       -
getBody                          x      -         -      -        -         -         -       -
createBody                       -      -         -      -        x         -         -       x
updateBody                       -      -         -      -        x         -         -       x
listSeats                        x      -         -      -        -         -         -       -
getSeat                          x      -         -      -        -         -         -       -
createSeat                       -      -         -      -        x         -         -       x
endSeat                          -      -         -      -        x         -         -       x
listEvents                       -      -         -      -        x         -         x       -
listBookEvents                   -      -         -      -        x         -         x       -
listPeople                       -      -         -      x        x         x         x       x
getPerson                        -      -         -      x        x         x         x       x
createPerson                     -      -         -      -        x         -         -       x
updatePerson                     -      -         -      -        x         -         -       x
eraseContact                     -      -         -      -        -         -         -       x
invitePerson                     -      -         -      -        x         -         -       x
acceptInvitation                 -      x         -      -        -         -         -       -
getMe                            -      x         -      -        -         -         -       -
listDisclosures                  x      -         -      -        -         -         -       -
countDisclosures                 x      -         -      -        -         -         -       -
getDisclosure                    x      -         -      -        -         -         -       -
getDisclosureHistory             x      -         -      -        -         -         -       -
listEditions                     x      -         -      -        -         -         -       -
getEdition                       x      -         -      -        -         -         -       -
listDrafts                       -      -         -      x        x         x         x       -
listScheduled                    -      -         -      x        x         x         x       -
createDisclosure                 -      -         -      -        x         -         -       -
updateDisclosure                 -      -         -      -        x         -         -       -
publishDisclosure                -      -         -      -        x         -         -       -
unscheduleDisclosure             -      -         -      -        x         -         -       -
correctDisclosure                -      -         -      -        x         -         -       -
withdrawDisclosure               -      -         -      -        x         -         -       -
listDocuments                    -      -         x      -        -         -         -       -
getDocument                      x      -         -      -        -         -         -       -
listReviews                      -      -         -      x        x         x         x       -
createDocument                   -      -         -      -        x         x         -       -
updateDocument                   -      -         -      -        x         x         -       -
changeDocumentAccess             -      -         -      -        x         x         -       -
readFile                         x      -         -      -        -         -         -       -
retrieveFile                     -      -         x      -        -         -         -       -
listRetrievals                   -      -         -      -        x         -         x       -
checkFile                        -      -         -      x        x         x         x       -
createUpload                     -      -         -      -        x         x         -       -
getUpload                        -      -         -      -        x         x         -       -
grantUpload                      -      -         -      -        x         x         -       -
completeUpload                   -      -         -      -        x         x         -       -
getRetentionSchedule             x      -         -      -        -         -         -       -
updateRetentionSchedule          -      -         -      -        x         -         -       -
listHolds                        -      -         -      x        x         x         x       -
getHold                          -      -         -      x        x         x         x       -
placeHold                        -      -         -      x        x         x         -       -
releaseHold                      -      -         -      x        x         x         -       -
listDisposals                    -      -         -      x        x         x         x       -
approveDisposal                  -      -         -      x        x         x         -       -
keepDocument                     -      -         -      x        x         x         -       -
getArchiveState                  x      -         -      -        -         -         -       -
listDamaged                      -      -         -      x        x         x         x       -
getRules                         x      -         -      -        -         -         -       -
updateRules                      -      -         -      -        x         -         -       -
listRegister                     x      -         -      -        -         -         -       -
getResolution                    x      -         -      -        -         -         -       -
listPending                      -      -         x      -        -         -         -       -
listTexts                        x      -         -      -        -         -         -       -
getInForce                       x      -         -      -        -         -         -       -
listEnded                        -      -         x      -        -         -         -       -
listFollowUps                    x      -         -      -        -         -         -       -
listConfidential                 -      -         -      x        x         x         x       -
createResolution                 -      -         x      -        -         -         -       -
updateResolution                 -      -         x      -        -         -         -       -
moveResolution                   -      -         x      -        -         -         -       -
secondResolution                 -      -         x      -        -         -         -       -
withdrawResolution               -      -         x      -        -         -         -       -
putAsideResolution               -      -         x      -        -         -         -       -
takeUpResolution                 -      -         x      -        -         -         -       -
changeConfidentiality            -      -         x      -        -         -         -       -
recordFollowUp                   -      x         -      -        -         -         -       -
openVote                         -      -         x      -        -         -         -       -
castVote                         -      x         -      -        -         -         -       -
giveProxy                        -      x         -      -        -         -         -       -
recuse                           -      x         -      -        -         -         -       -
listRecusals                     x      -         -      -        -         -         -       -
closeVote                        -      -         x      -        -         -         -       -
decideTie                        -      -         x      -        -         -         -       -
listBallots                      x      -         -      -        -         -         -       -
listMeetings                     x      -         -      -        -         -         -       -
getNextMeeting                   x      -         -      -        -         -         -       -
getMeeting                       x      -         -      -        -         -         -       -
readBodyCalendar                 x      -         -      -        -         -         -       -
readCalendar                     x      -         -      -        -         -         -       -
createCalendarAddress            -      -         x      -        -         -         -       -
revokeCalendarAddress            -      -         x      -        -         -         -       -
createMeeting                    -      -         x      -        -         -         -       -
updateMeeting                    -      -         x      -        -         -         -       -
giveNotice                       -      -         x      -        -         -         -       -
cancelMeeting                    -      -         x      -        -         -         -       -
openMeeting                      -      -         x      -        -         -         -       -
adjournMeeting                   -      -         x      -        -         -         -       -
recordArrival                    -      -         x      -        -         -         -       -
recordDeparture                  -      -         x      -        -         -         -       -
recordMinutes                    -      -         x      -        -         -         -       -
listAttendance                   -      -         x      -        -         -         -       -
getMinutes                       -      -         x      -        -         -         -       -
getMyDeclaration                 -      -         x      -        -         -         -       -
declareInterests                 -      -         x      -        -         -         -       -
listDeclarations                 -      -         -      x        x         x         x       -
getDeclarationState              -      -         -      x        x         x         x       -
listInterests                    -      -         -      x        x         x         x       -
listPersonInterests              -      -         -      x        x         x         x       -
listObligations                  -      -         -      x        x         x         x       -
listOwnObligations               -      -         -      x        x         x         x       -
createObligation                 -      -         -      -        x         x         -       -
updateObligation                 -      -         -      -        x         x         -       -
getCompliance                    -      -         -      x        x         x         x       -
updateCompliance                 -      -         -      -        x         x         -       -
listFiscalYears                  -      -         -      x        x         x         x       -
getFiscalYear                    -      -         -      x        x         x         x       -
recordFiscalYear                 -      -         -      -        x         x         -       -
listFilings                      -      -         -      x        x         x         x       -
getFiling                        -      -         -      x        x         x         x       -
assignFiling                     -      -         -      -        x         x         -       -
prepareFiling                    -      -         -      -        x         x         -       -
reviewFiling                     -      -         -      -        x         x         -       -
extendFiling                     -      -         -      -        x         x         -       -
moveFiling                       -      -         -      -        x         x         -       -
submitFiling                     -      -         -      -        x         x         -       -
addPapers                        -      -         -      -        x         x         -       -
answerFiling                     -      -         -      -        x         x         -       -
publishCopies                    -      -         -      -        x         x         -       -
excuseFiling                     -      -         -      -        x         x         -       -
getPunctuality                   x      -         -      -        -         -         -       -
readFilingsCalendar              x      -         -      -        -         -         -       -
readReturn                       -      -         -      -        x         x         -       -
recordPostcard                   -      -         -      -        x         x         -       -
listReturns                      x      -         -      -        -         -         -       -
getReturn                        x      -         -      -        -         -         -       -
getFigures                       x      -         -      -        -         -         -       -
getInspectionSet                 x      -         -      -        -         -         -       -
checkAvailability                -      -         -      -        x         x         -       -
listCopyRequests                 -      -         -      x        x         x         x       -
getCopyRequest                   -      -         -      x        x         x         x       -
createCopyRequest                -      -         -      -        x         x         -       -
answerCopyRequest                -      -         -      -        x         x         -       -
getGovernance                    -      -         -      x        x         x         x       -
listPolicies                     -      -         -      x        x         x         x       -
designatePolicy                  -      -         -      -        x         -         -       -
listSupport                      x      -         -      -        -         -         -       -
getSupport                       x      -         -      -        -         -         -       -
createSupport                    -      -         -      -        x         x         -       -
updateSupport                    -      -         -      -        x         x         -       -
openConsent                      -      -         x      -        -         -         -       -
signConsent                      -      -         x      -        -         -         -       -
withdrawSignature                -      -         x      -        -         -         -       -
objectToConsent                  -      -         x      -        -         -         -       -
getCertificate                   x      -         -      -        -         -         -       -
getLog                           x      -         -      -        -         -         -       -
readLogPolicy                    x      -         -      -        -         -         -       -
getEntry                         x      -         -      -        -         -         -       -
getConsistency                   x      -         -      -        -         -         -       -
getProofOfRecord                 x      -         -      -        -         -         -       -
getProofOfEvent                  -      -         -      -        x         -         x       -
showHomePage                     x      -         -      -        -         -         -       -
showDisclosurePage               x      -         -      -        -         -         -       -
showInspectionPage               x      -         -      -        -         -         -       -
showRegisterPage                 x      -         -      -        -         -         -       -
showResolutionPage               x      -         -      -        -         -         -       -
showVerifyPage                   x      -         -      -        -         -         -       -
readFeed                         x      -         -      -        -         -         -       -
readOpenapi                      x      -         -      -        -         -         -       -
explainProblem                   x      -         -      -        -         -         -       -
see unpublished disclosures      -      -         -      x        x         x         x       -
see documents before publication -      -         -      x        x         x         x       -
see documents of members         -      -         x      -        -         -         -       -
see documents of every body      -      -         -      x        x         x         x       -
see documents of officers        -      -         -      x        x         x         x       -
see confidential documents       -      -         -      -        x         x         x       -
see drafts of every body         -      -         -      -        x         -         x       -
see compliance                   -      -         -      x        x         x         x       -
see votes                        -      -         x      -        -         -         -       -
see meetings of every body       -      -         -      x        x         x         x       -
lead every body                  -      -         -      -        x         -         -       -
see contact data                 -      -         -      -        x         -         x       x
see unpublished seats            -      -         -      x        x         x         x       x
see who acted                    -      -         x      x        x         x         x       x
appoint controllers              -      -         -      -        -         -         -       x
change the sign-in of officers   -      -         -      -        -         -         -       x`;

const [header = '', ...lines] = grid.trim().split('\n');
const columns = header.trim().split(/ +/);
const table = lines.map(line => {
  const [, permission = '', marks = ''] = /^(.+?) +((?:[x-] *)+)$/.exec(line) ?? [];
  return { permission: permission as Permission, marks: marks.trim().split(/ +/) };
});
const withRoles = (...held: Role[]): Caller => ({ personId: 'p', roles: new Set(held), bodies: new Set() });

const today = '2024-06-30';

describe('the table', () => {
  it('knows these permissions and these roles, and no others', () => {
    expect(table.map(row => row.permission).toSorted()).toEqual(Object.keys(allowed).toSorted());
    expect(columns).toEqual([...roles]);
    expect(table.every(row => row.marks.length === roles.length)).toBe(true);
  });

  it.each(table)('gives "$permission" to exactly the roles that the design gives it to', ({ permission, marks }) => {
    const granted = roles.filter(role => may(withRoles(role), permission));
    expect(granted).toEqual(roles.filter((_, column) => marks[column] === 'x'));
  });

  it.each(table)('denies "$permission" to a caller without any role', ({ permission }) => {
    expect(may(withRoles(), permission)).toBe(false);
  });

  it('has every operation of the contract, and no operation that is not in it', () => {
    const declared = operations.map(({ id }) => id as string).toSorted();
    const listed = Object.keys(allowed).filter(permission => !permission.includes(' '));
    expect(listed.toSorted()).toEqual(declared);
  });

  it('names the auditor for nothing that changes the book: only for having a file read again', () => {
    const commands = operations.filter(({ route }) => route.command !== undefined).map(({ id }) => id);
    expect(commands.length).toBeGreaterThan(10);
    expect(commands.filter(id => may(withRoles('auditor'), id))).toEqual(['checkFile']);
  });

  /** What every member may ask, and each body grants to those who vote in it or lead it. */
  const ofBodies = [
    'adjournMeeting',
    'cancelMeeting',
    'castVote',
    'changeConfidentiality',
    'closeVote',
    'createMeeting',
    'createResolution',
    'decideTie',
    'giveNotice',
    'giveProxy',
    'moveResolution',
    'objectToConsent',
    'openConsent',
    'openMeeting',
    'openVote',
    'putAsideResolution',
    'recordArrival',
    'recordDeparture',
    'recordFollowUp',
    'recordMinutes',
    'recuse',
    'secondResolution',
    'signConsent',
    'takeUpResolution',
    'updateMeeting',
    'updateResolution',
    'withdrawResolution',
    'withdrawSignature',
  ];

  /** The address of one's own calendar, and one's own interests. */
  const ofOneself = ['createCalendarAddress', 'declareInterests', 'revokeCalendarAddress'];

  it('leaves a seated auditor only to accept an invitation, to retrieve files, to have them read again, and what bodies grant', () => {
    const seats = [seat({ office: 'auditor' })];
    const auditor: Caller = { personId: 'p', roles: rolesOn(seats, today), bodies: bodiesOn(seats, today) };
    const commands = operations.filter(({ id, route }) => route.command !== undefined && may(auditor, id));
    expect(commands.map(({ id }) => id).toSorted()).toEqual(
      ['acceptInvitation', 'checkFile', 'retrieveFile', ...ofOneself, ...ofBodies].toSorted(),
    );
  });

  it('opens no command to the public', () => {
    const commands = operations.filter(({ id, route }) => route.command !== undefined && may(anonymous, id));
    expect(commands).toEqual([]);
  });

  it.each(Object.keys(allowed).filter(permission => permission.startsWith('see ')) as Permission[])(
    'shows all events only to roles that, once seated, may "%s", for events hold all that was ever recorded',
    permission => {
      const readers = roles.filter(role => may(withRoles(role), 'listEvents'));
      expect(readers).toEqual(['secretary', 'auditor']);
      expect(readers.filter(role => !may(withRoles(role, 'member'), permission))).toEqual([]);
    },
  );

  it('takes two officers for a disposal, and an officer for every step on the way', () => {
    for (const permission of ['approveDisposal', 'keepDocument', 'placeHold', 'releaseHold'] as const) {
      expect(roles.filter(role => may(withRoles(role), permission))).toEqual(['director', 'secretary', 'treasurer']);
    }
  });
});

describe('authorising', () => {
  it('asks somebody unknown to sign in, and tells somebody signed in that it is not allowed', () => {
    expect(() => authorise(anonymous, 'createBody')).toThrow(SignInRequiredError);
    expect(() => authorise(withRoles('public', 'signed-in'), 'createBody')).toThrow(NotAllowedError);
    expect(() => authorise(withRoles('public', 'signed-in', 'secretary'), 'createBody')).not.toThrow();
  });

  it('lets anybody do what everybody may', () => {
    expect(() => authorise(anonymous, 'listBodies')).not.toThrow();
  });
});

describe('the roles of a seat', () => {
  const controllers: Office[] = ['auditor', 'administrator'];
  const officers: Office[] = ['secretary', 'treasurer'];
  const cases = bodyKinds.flatMap(bodyKind =>
    offices.flatMap(office => [true, false].map(voting => ({ bodyKind, office, voting }))),
  );

  it.each(cases)('$office of a $bodyKind, voting: $voting', ({ bodyKind, office, voting }) => {
    const governs = bodyKind === 'board-of-directors';
    const expected = new Set<Role>(['public', 'signed-in', 'member']);
    if (governs && voting) expected.add('director');
    if (governs && officers.includes(office)) expected.add(office as Role);
    if (controllers.includes(office)) expected.add(office as Role);
    expect(rolesOn([seat({ bodyKind, office, voting })], today)).toEqual(expected);
  });

  it.each([
    ['it is the first day', { from: today, to: null }, undefined, true],
    ['it is the last day', { from: '2024-01-01', to: today }, undefined, true],
    ['it begins tomorrow', { from: '2024-07-01', to: null }, undefined, false],
    ['it ended yesterday', { from: '2024-01-01', to: '2024-06-29' }, undefined, false],
    ['the last day of the body is today', { from: '2024-01-01', to: null }, { from: '2020-01-01', to: today }, true],
    ['the body was dissolved', { from: '2024-01-01', to: null }, { from: '2020-01-01', to: '2024-06-29' }, false],
    ['the body begins tomorrow', { from: '2024-01-01', to: null }, { from: '2024-07-01', to: null }, false],
  ])('hold when %s: %j, body %j: %s', (_when, term, bodyTerm, holds) => {
    const held = rolesOn(
      [{ ...seat({ office: 'secretary', voting: true }), ...term, ...(bodyTerm && { bodyTerm }) }],
      today,
    );
    expect(held.has('secretary')).toBe(holds);
    expect(held).toEqual(new Set(['public', 'signed-in', ...(holds ? ['member', 'director', 'secretary'] : [])]));
  });

  it('add up over all seats held that day', () => {
    const held = rolesOn(
      [
        seat({ office: 'treasurer' }),
        seat({ office: 'auditor', bodyKind: 'committee' }),
        { ...seat({ office: 'secretary' }), to: '2024-01-31' },
      ],
      today,
    );
    expect(held).toEqual(new Set(['public', 'signed-in', 'member', 'treasurer', 'auditor']));
  });

  it('are those of somebody signed in when there is no seat', () => {
    expect(rolesOn([], today)).toEqual(new Set(['public', 'signed-in']));
  });
});

describe('the bodies in which somebody sits', () => {
  const sits = (...seats: HeldSeat[]) => [...bodiesOn(seats, today)].toSorted();

  it.each([
    ['it is the first day', { from: today, to: null }, undefined, true],
    ['it is the last day', { from: '2024-01-01', to: today }, undefined, true],
    ['it begins tomorrow', { from: '2024-07-01', to: null }, undefined, false],
    ['it ended yesterday', { from: '2024-01-01', to: '2024-06-29' }, undefined, false],
    ['the last day of the body is today', {}, { from: '2020-01-01', to: today }, true],
    ['the body was dissolved', {}, { from: '2020-01-01', to: '2024-06-29' }, false],
    ['the body begins tomorrow', {}, { from: '2024-07-01', to: null }, false],
  ])('are those of a seat when %s: %j, body %j: %s', (_when, term, bodyTerm, holds) => {
    const held = { ...seat({ office: 'member' }), ...term, ...(bodyTerm && { bodyTerm }) };
    expect(sits(held)).toEqual(holds ? ['board'] : []);
  });

  it('are all of them, whatever the kind of body, the office and the right to vote, each once', () => {
    const ofCommittee = { ...seat({ office: 'chair', bodyKind: 'committee', voting: true }), bodyId: 'committee' };
    const seats = [seat({ office: 'member' }), seat({ office: 'treasurer' }), ofCommittee];
    expect(sits(...seats)).toEqual(['board', 'committee']);
    expect(sits({ ...ofCommittee, to: '2024-06-29' }, seat({ office: 'member' }))).toEqual(['board']);
    expect(sits()).toEqual([]);
  });

  it.each(bodyKinds)('make a member of whoever sits in a %s', bodyKind => {
    for (const office of offices) {
      for (const day of ['2023-12-31', '2024-01-01', '2024-07-01']) {
        const seats = [{ ...seat({ office, bodyKind }), to: '2024-06-30' }];
        if (bodiesOn(seats, day).size > 0) expect(rolesOn(seats, day).has('member')).toBe(true);
      }
    }
  });

  // Who controls the book has a seat somewhere, and takes no part in that body for it.
  it.each(['auditor', 'administrator'] as const)('are not those where somebody is only the %s', office => {
    expect(sits(seat({ office, voting: false }))).toEqual([]);
    expect(sits(seat({ office, voting: false }), seat({ office: 'member' }))).toEqual(['board']);
    expect(sits(seat({ office, voting: true }))).toEqual(['board']);
  });
});

function seat(more: { office: Office; bodyKind?: BodyKind; voting?: boolean }): HeldSeat {
  const bodyTerm = { from: '2020-01-01', to: null };
  const term = { from: '2024-01-01', to: null };
  return { bodyId: 'board', bodyKind: 'board-of-directors', voting: false, ...term, bodyTerm, ...more };
}
