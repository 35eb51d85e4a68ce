import { accessSync, constants } from 'node:fs';
import { listPtpClocks, readPtpClock } from '../../../lib/linux/system/ptp.ts';
import { needs } from '../../../test/support/needs.ts';
import { testPtpClocks } from './testing/clock-suite.ts';

const readable = listPtpClocks().filter(({ path }) => {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
});

testPtpClocks(
  'this host',
  { list: () => readable, read: readPtpClock },
  needs('a PTP clock (/dev/ptp0) that may be read', readable.length > 0),
);
