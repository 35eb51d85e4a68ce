import { resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { Context } from '../host/context.ts';

/** One verb, one file: it declares its flags and calls one function of its room. Resolves to the exit status. */
export type Run = (args: readonly string[], context: Context) => Promise<number>;

interface Verb {
  readonly summary: string;
  /** Loaded only when asked for: `kit version` must not pay for what `kit build` needs. */
  readonly load: () => Promise<{ readonly run: Run }>;
}

const verbs: Readonly<Record<string, Verb>> = {
  build: { summary: 'turn a manifest into an image', load: () => import('./build.ts') },
  explain: { summary: 'show what a manifest becomes, and why', load: () => import('./explain.ts') },
  verify: { summary: 'build an image again and compare', load: () => import('./verify.ts') },
  run: { summary: 'boot an image or a manifest as a virtual machine', load: () => import('./run.ts') },
  ps: { summary: 'list machines and their services', load: () => import('./machines/ps.ts') },
  top: { summary: 'show live what machines and services use', load: () => import('./machines/top.ts') },
  logs: { summary: 'show what the services of a machine wrote', load: () => import('./machines/logs.ts') },
  debug: { summary: 'attach a debugger to a service', load: () => import('./machines/debug.ts') },
  cp: { summary: 'copy files into a machine, or out of it', load: () => import('./machines/cp.ts') },
  exec: { summary: 'run a program in a machine', load: () => import('./machines/exec.ts') },
  forward: {
    summary: 'let a port of this host lead to one of a service',
    load: () => import('./machines/forward.ts'),
  },
  incidents: {
    summary: 'show what failed in a machine, and why',
    load: () => import('./machines/incidents.ts'),
  },
  support: { summary: 'write an archive to report a bug with', load: () => import('./machines/support.ts') },
  stop: {
    summary: 'power a machine off, or stop one of its services',
    load: () => import('./machines/stop.ts'),
  },
  start: { summary: 'start a service of a machine', load: () => import('./machines/start.ts') },
  shutdown: { summary: 'power machines off in good order', load: () => import('./machines/shutdown.ts') },
  reboot: {
    summary: 'boot machines anew, and wait until they are back',
    load: () => import('./machines/reboot.ts'),
  },
  restart: {
    summary: 'restart a service, or boot a machine anew',
    load: () => import('./machines/restart.ts'),
  },
  remote: { summary: 'know machines that run elsewhere', load: () => import('./machines/remote.ts') },
  pkg: { summary: 'build packages into OCI images', load: () => import('./pkg.ts') },
  cache: { summary: 'look at and clean the cache', load: () => import('./cache.ts') },
  metadata: { summary: 'make volumes with metadata for a guest', load: () => import('./metadata.ts') },
  lint: { summary: 'give advice on a manifest', load: () => import('./lint.ts') },
  lock: { summary: 'write down what the images of a manifest are', load: () => import('./lock.ts') },
  schema: { summary: 'print the JSON Schema of a manifest', load: () => import('./schema.ts') },
  version: { summary: 'print the version', load: () => import('./version.ts') },
};

/** `kit --cache DIR <command>…` is LinuxKit's way of saying KIT_CACHE. */
function withCache(args: readonly string[], context: Context): [readonly string[], Context] {
  const [first = '', second = '', ...rest] = args;
  const [, stated] = /^--cache(?:=(.+))?$/.exec(first) ?? [];
  if (!first.startsWith('--cache') || (first !== '--cache' && stated === undefined)) return [args, context];
  const dir = stated ?? second;
  if (dir === '') throw new KitError('Cannot use no cache: --cache wants a folder', { exitCode: 2 });
  const env = { ...context.env, KIT_CACHE: resolve(context.cwd, dir) };
  return [stated === undefined ? rest : args.slice(1), { ...context, env }];
}

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

function overview(): string {
  const width = Math.max(...Object.keys(verbs).map((name) => name.length));
  const rows = Object.entries(verbs).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: kit <command> [options]

Build small immutable Linux machines from one YAML manifest, run them, and look inside.

Commands:
${rows.join('\n')}

Examples:
  kit run examples/minimal.yml
  kit build --dir out examples/sshd.yml

kit --cache DIR <command> uses another cache than KIT_CACHE; kit <command> --help tells more; --debug adds stack traces to errors.
`;
}
