import { basename } from 'node:path';
import { type ImageConfig, loginLabel } from '../../lib/oci/types.ts';
import { FieldError, FieldErrors } from './field-error.ts';
import { nodePath, preloadPath } from './node-paths.ts';
import type { Spec } from './oci/oci-runtime.ts';
import type { Settled } from './settle.ts';

type Image = ImageConfig['config'];

/**
 * Refuses what would let a person into a machine for production past its services: a shell on the console, a debugger's
 * port. What a program does by itself cannot be seen here. @throws FieldErrors
 */
export function refuseForProduction(entry: Settled, image: Image): void {
  const errors = [...shells(entry, image), ...debuggers(entry)];
  if (errors.length > 0) throw new FieldErrors(errors);
}

function* shells({ name, onFailure, command }: Settled, { Labels }: Image): Generator<FieldError> {
  if (onFailure === 'shell') {
    yield refused(
      ['onFailure'],
      'onFailure "shell" opens a shell on the console',
      'onFailure: halt, or reboot',
    );
  }
  const [program = ''] = command;
  if (Labels?.[loginLabel] === 'console' || /getty/.test(basename(program))) {
    yield refused(
      ['image'],
      `"${name}" gives a shell on the console`,
      'leave it out; pkg/sshd lets in who has a key',
    );
  }
}

/** `--inspect`, `--inspect-brk=0.0.0.0:9229`, …; `--inspect-port` alone opens nothing. */
const inspects = (word: string): boolean => /^--inspect(?:-brk|-wait)?(?:=|$)/.test(word);

function* debuggers({ env, command }: Settled): Generator<FieldError> {
  for (const [at, pair] of env.entries()) {
    const option = /^NODE_OPTIONS=(.*)$/s.exec(pair)?.[1]?.split(/\s+/).find(inspects);
    if (option) yield refused(['env', at], `NODE_OPTIONS has "${option}", a port for debuggers`);
  }
  if (!/^node(?:js)?$/.test(basename(command[0] ?? ''))) return;
  const option = command.find(inspects) ?? (command[1] === 'inspect' ? 'inspect' : undefined);
  if (option) yield refused(['command'], `the command has "${option}", a port for debuggers`);
}

const refused = (path: (string | number)[], why: string, hint?: string): FieldError =>
  new FieldError(path, `Cannot build for production: ${why}`, hint);

/**
 * A Node program of kit's that opens no port for debuggers on SIGUSR1, not even in its first moments (preload.cjs sees the
 * option, too). Other people's Node may be older than it, and would end.
 */
export function withoutSignalledInspector(spec: Spec, { Entrypoint }: Image): Spec {
  const { process } = spec;
  const [program = '', ...args] = process.args;
  const ofKit = program === nodePath && Entrypoint?.includes(`--require=${preloadPath}`);
  if (!ofKit || args.includes(noSignal)) return spec;
  return { ...spec, process: { ...process, args: [program, noSignal, ...args] } };
}

const noSignal = '--disable-sigusr1';
