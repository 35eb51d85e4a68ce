import { budgetFields } from './fields/budgets.ts';
import { controlFields } from './fields/control.ts';
import { entryFields } from './fields/entry.ts';
import { file } from './fields/file.ts';
import { kernelFields } from './fields/kernel.ts';
import { networkFields } from './fields/network.ts';
import { volumeFields } from './fields/volume.ts';
import { image } from './fields/words.ts';
import { type Fields, list, record, text } from './kinds.ts';

/**
 * The table of the manifest's fields: key, kind, help, default, merge rule, effect, example. Parsing, validation,
 * messages, types, schema and documentation come from these rows (one file of fields/ for each map); what a field does
 * to the OCI runtime spec is in build/spec.
 */

const trustFields = {
  image: { kind: list(text), help: 'Ignored.' },
  org: { kind: list(text), help: 'Ignored.' },
} as const satisfies Fields;

const entries = list(record(entryFields));
const concatenated = 'those of all manifests, one after another';

/** The top of the document. */
export const manifestFields = {
  kernel: {
    kind: record(kernelFields),
    help: 'The kernel and its command line.',
    merge: 'field by field, the last one that is not empty',
  },
  init: {
    kind: list(image),
    help: 'Images unpacked over each other: the root file system of the machine.',
    merge: concatenated,
    example: ['pkg/init', 'pkg/crun', 'pkg/containerd', 'pkg/supervisor'],
  },
  onboot: {
    kind: entries,
    help: 'Containers that run one after another before the services.',
    merge: concatenated,
  },
  onshutdown: {
    kind: entries,
    help: 'Containers that run one after another when the machine ends.',
    merge: concatenated,
  },
  services: {
    kind: entries,
    help: 'Containers that run all the time. A name may be there only once.',
    merge: concatenated,
  },
  files: {
    kind: list(file),
    help: 'Files added to the root file system, after all else.',
    merge: concatenated,
    linuxkit: 'Folders on the way to a file take on its mode and owner, even those that an init image has.',
  },
  volumes: {
    kind: list(record(volumeFields)),
    help: 'Folders that containers share. A name may be there only once.',
    merge: concatenated,
  },
  network: {
    kind: record(networkFields),
    help: 'Fixed addresses, routes and name servers; set before the first container runs.',
  },
  control: {
    kind: record(controlFields),
    help: 'Serves the control protocol over the network, by TLS with certificates on both sides (docs/access.md). Without it no port is open.',
    merge: 'the last one, as a whole',
  },
  budgets: {
    kind: record(budgetFields),
    help: 'Limits that the build fails on, naming what takes the most.',
    merge: 'key by key, the last one',
  },
  trust: { kind: record(trustFields), help: "Accepted for LinuxKit's sake, and ignored." },
} as const satisfies Fields;

export { budgetFields } from './fields/budgets.ts';
export { controlFields } from './fields/control.ts';
export { entryDefaults, entryFields } from './fields/entry.ts';
export { fileFields } from './fields/file.ts';
export { kernelFields } from './fields/kernel.ts';
export { networkFields } from './fields/network.ts';
export { volumeFields } from './fields/volume.ts';
