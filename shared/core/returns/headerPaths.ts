/** Where the header of every return says whose it is and for which period, since 2013. */
import { businessName, place, renamedAddresses } from './paths.ts';

const line = 'Return header';

/** Within `/Return/ReturnHeader`. */
export const headerPaths = {
  type: [place('ReturnTypeCd', line)],
  filedAt: [place('ReturnTs', line)],
  from: [place('TaxPeriodBeginDt', line)],
  to: [place('TaxPeriodEndDt', line)],
  ein: [place('Filer/EIN', line)],
  name: businessName('Filer/BusinessName', line),
  state: [
    place('Filer/USAddress/State', line, { before: renamedAddresses }),
    place('Filer/USAddress/StateAbbreviationCd', line, { from: renamedAddresses }),
  ],
};
