import { basename } from 'node:path';
import { type ImageConfig, loginLabel } from '../../lib/oci/types.ts';
import type { EffectiveEntry } from './effective-entry.ts';
import { FieldError, FieldErrors } from './field-error.ts';
import { nodePath, preloadPath } from './node-paths.ts';
import type { Spec } from './oci/oci-runtime.ts';

type Image = ImageConfig['config'];

/**
 * Rejects entries that would open a production machine to people: a shell on the console, a debugger port.
 * What a program does at run time is not checked. @throws FieldErrors
 */
export function refuseForProduction(entry: EffectiveEntry, image: Image): void {
  const errors = [...shells(entry, image), ...debuggers(entry)];
  if (errors.length > 0) throw new FieldErrors(errors);
}

function* shells({ name, onFailure, command }: EffectiveEntry, { Labels }: Image): Generator<FieldError> {
  if (onFailure === 'shell') {
    yield refused(
      ['onFailure'],
      'onFailure "shell" opens a shell on the console',
      'use onFailure: halt, or reboot',
    );
  }
  const [program = ''] = command;
  if (Labels?.[loginLabel] === 'console' || /getty/.test(basename(program))) {
    yield refused(
      ['image'],
      `"${name}" opens a shell on the console`,
      'production: false leaves the entry out of such images; pkg/sshd allows logins with a key',
    );
  }
}

/** `--inspect`, `--inspect-brk=0.0.0.0:9229`, …; `--inspect-port` alone opens nothing. */
const inspects = (word: string): boolean => /^--inspect(?:-brk|-wait)?(?:=|$)/.test(word);

function* debuggers({ env, command }: EffectiveEntry): Generator<FieldError> {
  for (const [at, pair] of env.entries()) {
    const option = /^NODE_OPTIONS=(.*)$/s.exec(pair)?.[1]?.split(/\s+/).find(inspects);
    if (option) yield refused(['env', at], `NODE_OPTIONS has "${option}", which opens a debugger port`);
  }
  if (!/^node(?:js)?$/.test(basename(command[0] ?? ''))) return;
  const option = command.find(inspects) ?? (command[1] === 'inspect' ? 'inspect' : undefined);
  if (option) yield refused(['command'], `the command has "${option}", which opens a debugger port`);
}

const refused = (path: (string | number)[], why: string, hint?: string): FieldError =>
  new FieldError(path, `Cannot build for production: ${why}`, hint);

/**
 * Adds --disable-sigusr1 to programs on kit's Node, so that SIGUSR1 never opens the inspector, not even
 * before preload.cjs has run (which reads the option, too). Other builds of Node may not support the option
 * and would exit.
 */
export function withoutSignalledInspector(spec: Spec, { Entrypoint }: Image): Spec {
  const { process } = spec;
  const [program = '', ...args] = process.args;
  const ofKit = program === nodePath && Entrypoint?.includes(`--require=${preloadPath}`);
  if (!ofKit || args.includes(noSignal)) return spec;
  return { ...spec, process: { ...process, args: [program, noSignal, ...args] } };
}

const noSignal = '--disable-sigusr1';
