/** Lines 18 and 19: what the public can have. They are answered as of today: the form names no other day. */
import type { GovernanceFacts, PublicPaper } from './facts.ts';
import { papersAskedFor } from './facts.ts';
import { type Finding, no, notApplicable, yes } from './questions.ts';

/** Line 18. Copies are given to whoever asks; on the web they are when each file was found there as it is archived. */
export function returnsShown({ inspection, today }: GovernanceFacts): Finding {
  const { missing, isAvailable, evidence } = inspection;
  if (missing.length > 0) return no(missing, evidence);
  if (evidence.length === 0) return notApplicable('There is nothing yet that the public may inspect.');
  if (isAvailable) return yes(evidence, `As of ${today}: on its own website, and upon request.`);
  return {
    ...yes(evidence, `As of ${today}: upon request.`),
    missing: ['To say "own website", have it checked that everybody can have each of the files.'],
  };
}

const remedies: Readonly<Record<PublicPaper['what'], string>> = {
  articles: 'The public cannot have the articles of incorporation. Archive them as "articles", and publish them.',
  bylaws: 'The public cannot have the bylaws. Archive them as "bylaws", and publish them.',
  'conflict-of-interest':
    'The public cannot have the conflict of interest policy. Designate it, and publish the document.',
  'financial-statement':
    'The public cannot have the financial statements. Archive them as "financial-statement", and publish them.',
};

/** Line 19. */
export function papersShown({ papers, today }: GovernanceFacts): Finding {
  const shown = papers.flatMap(paper => paper.shown);
  const missing = papersAskedFor
    .filter(what => !papers.some(paper => paper.what === what && paper.shown.length > 0))
    .map(what => remedies[what]);
  return missing.length > 0 ? no(missing, shown) : yes(shown, `As of ${today}: on its own website.`);
}
