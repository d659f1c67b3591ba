/** An archivist records a document; its bytes follow. */
import { documentsRoutes } from '../../shared/contract/documents.ts';
import { newDocument } from '../../shared/core/archive/documents.ts';
import { operation } from '../../shared/http/operation.ts';
import { demandKnown, demandLevel } from './facts.ts';
import { writeDocument } from './load.ts';

export const createDocument = operation(
  documentsRoutes.createDocument,
  async ({ body, caller, act }, { records, newId }) => {
    const { access, ...facts } = body;
    demandLevel(caller, access, facts.bodyId);
    await demandKnown(records, facts);
    const id = newId();
    const { stored, writes } = writeDocument(id, undefined, newDocument(facts, access), act);
    return {
      body: {
        id,
        ...facts,
        access,
        versions: [],
        retainedUntil: null,
        disposedAt: null,
        disposal: null,
        version: stored.version,
      },
      version: stored.version,
      location: `/v1/documents/${id}`,
      writes,
    };
  },
);
