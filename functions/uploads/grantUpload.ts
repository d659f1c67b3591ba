/** Gives leave to send a file, or some of its parts. */
import { uploadsRoutes } from '../../shared/contract/uploads.ts';
import { demandWaiting, grantValidity, partsOf, sizeOfPart } from '../../shared/core/archive/uploads.ts';
import { type FieldError, ValidationError, wrongField } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { loadOwn, presentGrant } from './load.ts';

export const grantUpload = operation(
  uploadsRoutes.grantUpload,
  async ({ params, body, caller, now, origin }, { records, blobs }) => {
    const { id, data } = await loadOwn(records, params.uploadId, caller);
    demandWaiting(data, now);
    const { expiresAt, ...validity } = grantValidity(data, now);
    const { session } = data;
    if (session === null) {
      if (body.parts.length > 0) throw wrongField('/parts', 'This file comes in one piece: name no parts.');
      const grant = await blobs.grantUpload(id, data, validity);
      return { body: { grants: [presentGrant(grant, null, origin(), expiresAt)] }, writes: [] };
    }
    demandParts(body.parts, partsOf(data) ?? 0);
    const grants = await Promise.all(
      body.parts.map(async ({ number, sha256 }) => {
        const part = { number, size: sizeOfPart(data, number), sha256 };
        return presentGrant(await blobs.grantPart(id, session, part, validity), number, origin(), expiresAt);
      }),
    );
    return { body: { grants }, writes: [] };
  },
);

/** @throws {ValidationError} */
function demandParts(parts: readonly { readonly number: number }[], count: number): void {
  if (parts.length === 0)
    throw wrongField('/parts', `This file comes in ${count} parts: name those you are about to send.`);
  const errors = parts.flatMap(({ number }, index): FieldError[] =>
    number <= count ? [] : [{ in: 'body', field: `/parts/${index}/number`, message: `There are ${count} parts.` }],
  );
  if (errors.length > 0) throw new ValidationError(errors);
}
