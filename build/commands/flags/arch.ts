import { KitError } from '../../../lib/errors/errors.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { commaSeparated } from '../../cli/repeatable.ts';
import type { Arch } from '../../host/arch.ts';

const architectures = 'amd64 or arm64 (default: the architecture of this host)';

export function withArch(command: KitCommand, flags = '-a, --arch <arch>'): KitCommand {
  return command.option(flags, architectures);
}

/** The same for commands that accept several architectures. */
export function withArches(command: KitCommand): KitCommand {
  return command.option('-a, --arch <arch>', `${architectures}; may be repeated`, commaSeparated, []);
}

/** Includes the names that uname and Node use. */
const names: Readonly<Record<string, Arch>> = {
  amd64: 'amd64',
  arm64: 'arm64',
  x86_64: 'amd64',
  x64: 'amd64',
  aarch64: 'arm64',
};

/** @throws KitError for an unknown architecture */
export function parseArch(text: string): Arch {
  const arch = Object.hasOwn(names, text) ? names[text] : undefined;
  if (arch) return arch;
  throw new KitError(`Cannot build for "${text}": expected amd64 or arm64`, { exitCode: 2 });
}
