/** Pages, the feed and the description of the API. */
import * as z from 'zod/mini';
import { categories } from '../core/disclosures.ts';
import { cursor, id, on, year } from './fields.ts';
import { resource } from './route.ts';

const html = 'text/html; charset=utf-8';

export const siteRoutes = resource({
  showHomePage: {
    method: 'GET',
    path: '/',
    summary: 'The public page: who the organisation is, its structure, its decisions, its disclosures',
    query: z.object({ on, category: z.optional(z.enum(categories)), cursor }),
    answer: z.string(),
    status: 200,
    type: html,
    example: { answer: '<!doctype html>...' },
  },
  showDisclosurePage: {
    method: 'GET',
    path: '/disclosures/{disclosureId}',
    summary: 'The page of one disclosure, with its history',
    params: z.strictObject({ disclosureId: id }),
    query: z.object({
      edition: z
        .optional(z.pipe(z.string().check(z.regex(/^[1-9]\d{0,5}$/, 'Must be a number from 1.')), z.transform(Number)))
        .check(z.describe('An earlier edition; the current one when absent.')),
    }),
    answer: z.string(),
    status: 200,
    type: html,
    example: { answer: '<!doctype html>...' },
  },
  showRegisterPage: {
    method: 'GET',
    path: '/bodies/{bodyId}/register',
    summary: 'The page of what a body has adopted in a year, and of the rules by which it decides',
    params: z.strictObject({ bodyId: id }),
    query: z.object({ year, cursor }),
    answer: z.string(),
    status: 200,
    type: html,
    example: { answer: '<!doctype html>...' },
  },
  showResolutionPage: {
    method: 'GET',
    path: '/resolutions/{resolutionId}',
    summary: 'The page of one adopted resolution: its text, how it was decided, what became of it',
    params: z.strictObject({ resolutionId: id }),
    answer: z.string(),
    status: 200,
    type: html,
    example: { answer: '<!doctype html>...' },
  },
  showInspectionPage: {
    method: 'GET',
    path: '/inspection',
    summary: 'The page of what anyone may inspect, of who funds the organisation, and of its figures over the years',
    answer: z.string(),
    status: 200,
    type: html,
    example: { answer: '<!doctype html>...' },
  },
  showVerifyPage: {
    method: 'GET',
    path: '/verify',
    summary: 'The page on which anybody checks records and logs, of this book and of others, in the own browser',
    query: z.object({
      record: z
        .optional(z.string().check(z.maxLength(2000)))
        .check(z.describe('The address of the record to check, such as `/v1/disclosures/...`; the script reads it.')),
    }),
    answer: z.string(),
    status: 200,
    type: html,
    example: { answer: '<!doctype html>...' },
  },
  readFeed: {
    method: 'GET',
    path: '/feed.json',
    summary: 'The newest disclosures as JSON Feed 1.1',
    answer: z.string(),
    status: 200,
    type: 'application/feed+json',
    example: { answer: '{"version":"https://jsonfeed.org/version/1.1","title":"...","items":[]}' },
  },
  readOpenapi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description',
    answer: z.string(),
    status: 200,
    type: 'application/json',
    example: { answer: '{"openapi":"3.1.0"}' },
  },
  explainProblem: {
    method: 'GET',
    path: '/problems/{code}',
    summary: 'What an error code means and what to do',
    params: z.strictObject({ code: z.string().check(z.maxLength(60)) }),
    answer: z.string(),
    status: 200,
    type: html,
    example: { answer: '<!doctype html>...' },
  },
});
