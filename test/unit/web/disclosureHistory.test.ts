import { expect, it } from 'vitest';
import { historyList, type Step } from '../../../web/disclosureHistory.ts';

it('unfolds what older corrections changed, and shows the latest three at once', () => {
  const correction = (number: number): Step => ({
    at: `2024-01-0${9 - number}T12:00:00.000Z`,
    what: 'corrected',
    enteredAt: `2024-01-0${9 - number}T12:00:00.000Z`,
    reason: `Reason ${number}`,
    by: null,
    changes: [{ field: 'title', from: `before-${number}`, to: `after-${number}` }],
  });
  const html = String(historyList([1, 2, 3, 4, 5].map(correction), 'UTC', null));
  const [open = '', ...folded] = html.split('<details>');
  for (const number of [1, 2, 3]) expect(open).toContain(`<ins>after-${number}</ins>`);
  expect(open).toContain('Reason 4');
  expect(folded.map(part => /<ins>(.*?)<\/ins>/.exec(part)?.[1])).toEqual(['after-4', 'after-5']);
});
