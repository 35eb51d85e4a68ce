import { resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { Context } from '../host/context.ts';

/** The entry point of a verb: declares its flags and calls one function. Resolves to the exit status. */
export type Run = (args: readonly string[], context: Context) => Promise<number>;

interface Verb {
  readonly summary: string;
  /** Loaded on demand, so that `kit version` does not load the code of `kit build`. */
  readonly load: () => Promise<{ readonly run: Run }>;
}

const verbs: Readonly<Record<string, Verb>> = {
  build: { summary: 'build an image from a manifest', load: () => import('./build.ts') },
  explain: {
    summary: 'show the result of a manifest, and where settings come from',
    load: () => import('./explain.ts'),
  },
  verify: { summary: 'rebuild an image and compare', load: () => import('./verify.ts') },
  run: { summary: 'boot an image or a manifest in a virtual machine', load: () => import('./run.ts') },
  ps: { summary: 'list machines and their services', load: () => import('./machines/ps.ts') },
  top: {
    summary: 'show the resource usage of machines and services',
    load: () => import('./machines/top.ts'),
  },
  logs: { summary: 'show the logs of services', load: () => import('./machines/logs.ts') },
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
  remote: { summary: 'manage machines on other hosts', load: () => import('./machines/remote.ts') },
  pkg: { summary: 'build packages into OCI images', load: () => import('./pkg.ts') },
  cache: { summary: 'manage the cache', load: () => import('./cache.ts') },
  metadata: { summary: 'create volumes with metadata for a machine', load: () => import('./metadata.ts') },
  lint: { summary: 'check manifests for what could be safer or clearer', load: () => import('./lint.ts') },
  lock: { summary: 'pin the images of a manifest', load: () => import('./lock.ts') },
  schema: { summary: 'print the JSON Schema of manifests', load: () => import('./schema.ts') },
  version: { summary: 'print the version', load: () => import('./version.ts') },
};

/** Runs `kit ARGS`. Resolves to the exit status. @throws KitError, KitErrors */
export async function runCommand(given: readonly string[], outside: Context): Promise<number> {
  const [args, context] = withCache(given, outside);
  const [name = '--help', ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    context.stdout.write(overview());
    return args.length === 0 ? 2 : 0;
  }
  const verb = verbs[name === '--version' ? 'version' : name];
  if (!verb) {
    throw new KitError(`Unknown command "${name}"`, { exitCode: 2, hint: 'kit --help lists the commands' });
  }
  const { run } = await verb.load();
  await using atEnd = new AsyncDisposableStack();
  return await run(rest, { ...context, atEnd });
}

/** Handles `kit --cache DIR <command>…`, LinuxKit's flag, which overrides KIT_CACHE. */
function withCache(args: readonly string[], context: Context): [readonly string[], Context] {
  const [first = '', second = '', ...rest] = args;
  const [, inline] = /^--cache(?:=(.+))?$/.exec(first) ?? [];
  if (!first.startsWith('--cache') || (first !== '--cache' && inline === undefined)) return [args, context];
  const dir = inline ?? second;
  if (dir === '') throw new KitError('Cannot use --cache: it needs a folder', { exitCode: 2 });
  const env = { ...context.env, KIT_CACHE: resolve(context.cwd, dir) };
  return [inline === undefined ? rest : args.slice(1), { ...context, env }];
}

function overview(): string {
  const width = Math.max(...Object.keys(verbs).map((name) => name.length));
  const rows = Object.entries(verbs).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: kit <command> [options]

Build small, immutable Linux machines from a YAML manifest, run them, and debug them.

Commands:
${rows.join('\n')}

Examples:
  kit run examples/minimal.yml
  kit build --dir out examples/sshd.yml

kit <command> --help describes a command. All commands accept --debug, which adds stack traces to errors.
kit --cache DIR <command> overrides KIT_CACHE.
`;
}
