import { cloudProvidersOf } from './cloud/cloud-providers.ts';
import { readHardware } from './cloud/hardware.ts';
import { limitsOf } from './cloud/session.ts';
import { runMetadata } from './run-metadata.ts';

await runMetadata(({ names, sysfs, trust, patienceMs }) =>
  cloudProvidersOf(names, readHardware(sysfs), trust, { limits: limitsOf(patienceMs) }),
);
