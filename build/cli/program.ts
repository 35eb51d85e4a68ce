import { CommanderError } from 'commander';
import type { Context } from '../host/context.ts';
import { type GlobalFlags, withGlobalFlags } from './global-flags.ts';
import { helpColumns } from './help.ts';
import { KitCommand } from './kit-command.ts';

/** A command that writes to the streams of the context and never exits the process. Every verb is one. */
export function program(name: string, { stdout, stderr }: Context): KitCommand {
  const columns = Math.min(stdout.columns ?? helpColumns, helpColumns);
  return new KitCommand(`kit ${name}`)
    .exitOverride()
    .enablePositionalOptions()
    .configureHelp({ helpWidth: columns })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
    });
}

/** A subcommand, such as `kit cache ls`. It inherits the settings of its parent, but not its options. */
export function subcommand(parent: KitCommand, usage: string): KitCommand {
  return parent.command(usage);
}

/**
 * Parses `args` and runs the action of the command. Resolves to the exit status: that of the action, or 2 if
 * a subcommand is missing, for which the help is printed.
 * @param apply is called with the global flags before the action
 * @throws KitError for wrong usage
 */
export async function parse(
  command: KitCommand,
  args: readonly string[],
  apply: (flags: GlobalFlags) => void = () => {},
): Promise<number> {
  withGlobalFlags(command);
  command.hook('preAction', (_verb, acting) => apply(acting.optsWithGlobals()));
  try {
    await command.parseAsync([...args], { from: 'user' });
    return command.status;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    throw thrown;
  }
}
