import { budgetFields } from './fields/budgets.ts';
import { imageKind } from './fields/common-kinds.ts';
import { controlFields } from './fields/control.ts';
import { diskFields } from './fields/disk.ts';
import { serviceKind, taskKind } from './fields/entry.ts';
import { fileKind } from './fields/file.ts';
import { kernelFields } from './fields/kernel.ts';
import { metadataFields } from './fields/metadata.ts';
import { networkFields } from './fields/network/network.ts';
import { signingFields } from './fields/signing.ts';
import { updatesFields } from './fields/updates.ts';
import { volumeFields } from './fields/volume.ts';
import { watchdogFields } from './fields/watchdog.ts';
import { choice, type Fields, list, record, string } from './kinds.ts';

/**
 * The field table of the manifest: key, kind, help, default, merge rule, effect, example. Parsing,
 * validation, messages, types, schema and documentation are derived from these rows, which are in fields/,
 * one file for each map. The effect of a field on the OCI runtime spec is implemented in build/spec.
 */

const trustFields = {
  image: { kind: list(string), help: 'Ignored.' },
  org: { kind: list(string), help: 'Ignored.' },
} as const satisfies Fields;

const tasks = list(taskKind);
const concatenated = 'the lists of all manifests are concatenated';

/** The top level of the document. */
export const manifestFields = {
  kernel: {
    kind: record(kernelFields),
    help: 'The kernel and its command line.',
    merge: 'field by field; the last non-empty value wins',
  },
  init: {
    kind: list(imageKind),
    help: 'Images that are unpacked over each other to form the root file system of the machine.',
    merge: concatenated,
    example: ['pkg/init', 'pkg/crun', 'pkg/containerd', 'pkg/supervisor'],
  },
  onboot: {
    kind: tasks,
    help: 'Containers that run one after another, before the services start.',
    merge: concatenated,
  },
  onshutdown: {
    kind: tasks,
    help: 'Containers that run one after another when the machine shuts down.',
    merge: concatenated,
  },
  services: {
    kind: list(serviceKind),
    help: 'Containers that run for as long as the machine does. Names must be unique.',
    merge: concatenated,
  },
  files: {
    kind: list(fileKind),
    help: 'Files added to the root file system, over those of the images.',
    merge: concatenated,
    linuxkit: 'Parent folders take the mode and owner of the file, even if an init image has them.',
  },
  disks: {
    kind: list(record(diskFields)),
    help:
      'Disks that are found, formatted if they hold nothing, checked and mounted before the first container ' +
      'runs (docs/storage.md). Names must be unique. They run pkg/disks as the first entry of `onboot`, ' +
      'pkg/disks-crypt if one is encrypted.',
    merge: concatenated,
    linuxkit: 'Not supported.',
  },
  volumes: {
    kind: list(record(volumeFields)),
    help: 'Folders that containers share. Names must be unique.',
    merge: concatenated,
  },
  network: {
    kind: record(networkFields),
    help: 'Static addresses, routes and name servers. They are set before the first container ' + 'runs.',
  },
  control: {
    kind: record(controlFields),
    help:
      'Serves the control protocol over TCP with mutual TLS (docs/access.md). Without this ' +
      'key no port is open.',
    merge: 'the last manifest that has the key wins',
  },
  modules: {
    kind: choice('locked'),
    help:
      '`locked`: once the services have started, or two minutes after the boot, the kernel loads no more modules ' +
      'until the next boot. Devices attached later get no driver that is not loaded yet.',
    default: 'modules can be loaded at any time',
    merge: 'the last manifest that has the key wins',
    example: 'locked',
  },
  watchdog: {
    kind: record(watchdogFields),
    help:
      'Lets the watchdog of the hardware, or softdog of the kernel, reset a machine that hangs (docs/health.md). `{}` takes ' +
      'all defaults.',
    merge: 'the last manifest that has the key wins',
    example: { timeout: '60s' },
  },
  updates: {
    kind: record(updatesFields),
    help:
      'Lets a machine whose image was built with --production take updates (docs/updates.md), and says which. `{}` takes ' +
      'those of every client with role debug.',
    merge: 'the last manifest that has the key wins',
    example: { keys: ['updates.pub'], stateVersion: 1 },
  },
  metadata: {
    kind: record(metadataFields),
    help: 'Which metadata the machine accepts.',
    merge: 'the last manifest that has the key wins',
  },
  signing: {
    kind: record(signingFields),
    help:
      'Signs the programs that firmware starts, for Secure Boot (docs/trust.md): what starts by UEFI is signed, and ' +
      'nothing else. `kit keys secure-boot` makes keys and certificates.',
    merge: 'the last manifest that has the key wins',
    linuxkit: 'Not supported.',
  },
  budgets: {
    kind: record(budgetFields),
    help: 'Limits of size and memory. A build that exceeds one fails and lists the largest parts.',
    merge: 'key by key; the last value wins',
  },
  trust: { kind: record(trustFields), help: 'Accepted for compatibility with LinuxKit, and ignored.' },
} as const satisfies Fields;

export { budgetFields } from './fields/budgets.ts';
export { controlFields } from './fields/control.ts';
export { diskFields } from './fields/disk.ts';
export { entryDefaults, entryFields } from './fields/entry.ts';
export { fileFields } from './fields/file.ts';
export { kernelFields } from './fields/kernel.ts';
export { metadataFields } from './fields/metadata.ts';
export { networkFields } from './fields/network/network.ts';
export { signingFields } from './fields/signing.ts';
export { updatesFields } from './fields/updates.ts';
export { volumeFields } from './fields/volume.ts';
export { watchdogFields } from './fields/watchdog.ts';
