/** What the function `documents` does. */
import type { documentsRoutes } from '../../shared/contract/documents.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { changeDocumentAccess } from './changeDocumentAccess.ts';
import { checkFile } from './checkFile.ts';
import { createDocument } from './createDocument.ts';
import { getDocument } from './getDocument.ts';
import { listDocuments } from './listDocuments.ts';
import { listRetrievals } from './listRetrievals.ts';
import { listReviews } from './listReviews.ts';
import { readFile } from './readFile.ts';
import { retrieveFile } from './retrieveFile.ts';
import { updateDocument } from './updateDocument.ts';

export const documentsOperations: Implementation<typeof documentsRoutes> = {
  changeDocumentAccess,
  checkFile,
  createDocument,
  getDocument,
  listDocuments,
  listRetrievals,
  listReviews,
  readFile,
  retrieveFile,
  updateDocument,
};
