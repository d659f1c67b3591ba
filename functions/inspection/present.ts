/** How the API shows the inspection set and requests for copies. */
import type { inspectionRoutes } from '../../shared/contract/inspection.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { PlainDate } from '../../shared/core/calendar.ts';
import { findingsOf, type Look } from '../../shared/core/filings/availability.ts';
import { type CopyRequest, type CopyRequestCard, clockOf } from '../../shared/core/filings/copyRequests.ts';
import type { InspectionItem, InspectionSet } from '../../shared/core/filings/inspection.ts';
import type { Stored } from '../../shared/core/records.ts';

type PresentedSet = Answer<typeof inspectionRoutes.getInspectionSet>;

export function presentItem(item: InspectionItem, looks: readonly Look[]): PresentedSet['items'][number] {
  const { what, title, form, period, since, until, filing, files } = item;
  const found = findingsOf(files, looks);
  return {
    what,
    title,
    form,
    period,
    since,
    until,
    filingId: filing?.id ?? null,
    submission: filing?.submission ?? null,
    files: files.map((file, index) => ({
      ...file,
      address: `/v1/documents/${file.documentId}/versions/${file.version}/file`,
      found: found[index] ?? { finding: 'unchecked', at: null },
    })),
  };
}

/** What only those see who see compliance. */
export function presentGaps(set: InspectionSet | null): Pick<PresentedSet, 'complete' | 'missing' | 'dropsOut'> {
  if (set === null) return { complete: null, missing: null, dropsOut: null };
  const dropsOut = set.dropsOut.map(({ item, after }) => {
    const { what, title, period, filing } = item;
    return { what, title, period, filingId: filing?.id ?? null, submission: filing?.submission ?? null, after };
  });
  return { complete: set.complete, missing: [...set.missing], dropsOut };
}

export function presentEntry(
  request: CopyRequestCard,
  today: PlainDate,
): Answer<typeof inspectionRoutes.listCopyRequests>['items'][number] {
  return { ...request, what: [...request.what], ...clockOf(request, today) };
}

export function presentCopyRequest(
  { id, version, data }: Stored<CopyRequest>,
  today: PlainDate,
): Answer<typeof inspectionRoutes.getCopyRequest> {
  return { id, ...data, what: [...data.what], ...clockOf(data, today), version };
}
