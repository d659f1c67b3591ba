/** Examples of meetings, for the description of the API. */

export const exampleMeetingInput = {
  title: 'Board meeting in February',
  kind: 'regular',
  startsAt: '2024-02-09T17:00:00Z',
  endsAt: '2024-02-09T19:00:00Z',
  timeZone: 'America/New_York',
  place: 'Arlington, the library',
  isPublic: true,
  agenda: [{ title: 'Minutes of January' }],
};

export const exampleMeetingEntry = {
  id: '01890a5d-ac96-774b-bcce-b302099a8060',
  bodyId: '01890a5d-ac96-774b-bcce-b302099a8057',
  title: exampleMeetingInput.title,
  kind: 'regular',
  startsAt: '2024-02-09T17:00:00.000Z',
  endsAt: '2024-02-09T19:00:00.000Z',
  timeZone: 'America/New_York',
  state: 'scheduled',
  place: exampleMeetingInput.place,
  version: 1,
};

export const exampleMeeting = {
  ...exampleMeetingEntry,
  cancelled: null,
  details: {
    remote: null,
    isPublic: true,
    agenda: [{ title: 'Minutes of January', description: '', resolutionId: null, documents: [] }],
    guests: [],
    seriesId: null,
    notice: null,
    held: null,
    quorum: null,
  },
  proof: null,
};

export const exampleAttendance = {
  person: { id: '01890a5d-ac96-774b-bcce-b302099a8058', name: 'Jamie Boex' },
  spans: [{ from: '2024-02-09T17:00:00.000Z', to: null, remote: false }],
};

export const exampleMinutes = {
  meetingId: exampleMeeting.id,
  state: 'recorded',
  text: '# Minutes: Board meeting in February\n',
  documentedAt: '2024-02-12T15:00:00.000Z',
  approved: null,
  contemporaneous: { state: 'yes', lastDay: '2024-04-09' },
  version: 1,
};
