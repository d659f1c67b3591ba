/** What is read of Form 990-T beside its header: whether it amends another one. Its figures are those of a tax, not of a year. */
import { type FormPaths, placesOf } from './paths.ts';

const on = placesOf('Form 990-T');

export const paths990T: FormPaths = {
  element: 'IRS990T',
  figures: {},
  mission: [],
  amended: [on('AmendedReturnInd', 'heading')],
  initial: [],
  final: [],
  officers: null,
  accomplishments: [],
  partVI: [],
};
