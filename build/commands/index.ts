import type { KitCommand } from '../cli/kit-command.ts';
import type { Context } from '../host/context.ts';

export interface Verb {
  readonly summary: string;
  /** Loaded on demand, so that `kit version` does not load the code of `kit build`. */
  readonly load: () => Promise<{
    /** Declares the arguments and flags of the verb, and an action that calls one function. */
    readonly verb: (context: Context) => KitCommand;
  }>;
}

/** The verbs of kit, in the order of `kit --help`. */
export const verbs: Readonly<Record<string, Verb>> = {
  build: { summary: 'build an image from a manifest', load: () => import('./build.ts') },
  explain: {
    summary: 'show the result of a manifest, and where settings come from',
    load: () => import('./inspect/explain.ts'),
  },
  size: { summary: 'show what takes the room in an image', load: () => import('./inspect/size.ts') },
  verify: { summary: 'rebuild an image and compare', load: () => import('./verify.ts') },
  audit: { summary: 'attack what an image promises, and report', load: () => import('./audit/audit.ts') },
  run: { summary: 'boot an image or a manifest in a virtual machine', load: () => import('./run.ts') },
  up: { summary: 'start or update the machines of a cluster', load: () => import('./clusters/up.ts') },
  down: { summary: 'end the machines of a cluster', load: () => import('./clusters/down.ts') },
  ps: { summary: 'list machines and their services', load: () => import('./machines/ps.ts') },
  top: {
    summary: 'show the resource usage of machines and services',
    load: () => import('./inspect/top.ts'),
  },
  'boot-chart': {
    summary: 'show what the boot of a machine spent its time on',
    load: () => import('./inspect/boot-chart.ts'),
  },
  logs: { summary: 'show the logs of services', load: () => import('./machines/logs.ts') },
  console: { summary: 'attach to the console of a machine', load: () => import('./machines/console.ts') },
  debug: { summary: 'attach a debugger to a service', load: () => import('./machines/debug.ts') },
  cp: { summary: 'copy files into or out of a machine', load: () => import('./machines/cp.ts') },
  exec: { summary: 'run a program in a machine', load: () => import('./machines/exec.ts') },
  forward: {
    summary: 'forward ports of this host to services',
    load: () => import('./machines/forward.ts'),
  },
  incidents: {
    summary: 'show what failed in a machine, and why',
    load: () => import('./machines/incidents.ts'),
  },
  support: { summary: 'write an archive for a bug report', load: () => import('./machines/support.ts') },
  stop: {
    summary: 'power a machine off, or stop one of its services',
    load: () => import('./machines/stop.ts'),
  },
  start: { summary: 'start a service of a machine', load: () => import('./machines/start.ts') },
  shutdown: { summary: 'shut machines down cleanly', load: () => import('./machines/shutdown.ts') },
  reboot: {
    summary: 'reboot machines, and wait until they are back',
    load: () => import('./machines/reboot.ts'),
  },
  restart: {
    summary: 'restart a service, or reboot a machine',
    load: () => import('./machines/restart.ts'),
  },
  update: {
    summary: 'replace services of a running machine',
    load: () => import('./machines/update.ts'),
  },
  rm: { summary: 'remove machines that have ended', load: () => import('./records/rm.ts') },
  prune: { summary: 'remove all machines that have ended', load: () => import('./records/prune.ts') },
  remote: { summary: 'manage machines on other hosts', load: () => import('./machines/remote.ts') },
  pkg: { summary: 'build packages into OCI images', load: () => import('./pkg.ts') },
  cache: { summary: 'manage the cache', load: () => import('./cache.ts') },
  keys: { summary: 'make keys', load: () => import('./trust/keys.ts') },
  sign: { summary: 'sign images in their registries', load: () => import('./trust/sign.ts') },
  signatures: {
    summary: 'list and check the signatures of an image',
    load: () => import('./trust/signatures.ts'),
  },
  measure: {
    summary: 'predict what a TPM measures of an image',
    load: () => import('./trust/measure.ts'),
  },
  cve: { summary: 'look an image up in a database of vulnerabilities', load: () => import('./trust/cve.ts') },
  sbom: { summary: 'print the bill of materials of an image', load: () => import('./trust/sbom.ts') },
  config: { summary: 'show and change settings', load: () => import('./config/config.ts') },
  metadata: { summary: 'create volumes with metadata for a machine', load: () => import('./metadata.ts') },
  lint: { summary: 'check manifests for what could be safer or clearer', load: () => import('./lint.ts') },
  migrate: {
    summary: 'rewrite manifests of LinuxKit into those of kit',
    load: () => import('./migrate/migrate.ts'),
  },
  lock: { summary: 'pin the images of a manifest', load: () => import('./lock.ts') },
  schema: { summary: 'print the JSON Schema of manifests', load: () => import('./schema.ts') },
  completion: {
    summary: 'print a script that completes words in a shell',
    load: () => import('./completion.ts'),
  },
  version: { summary: 'print the version', load: () => import('./version.ts') },
};
