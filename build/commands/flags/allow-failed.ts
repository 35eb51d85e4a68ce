import type { KitCommand } from '../../cli/kit-command.ts';

/** The flag of commands that wait until a machine is ready. */
export function withAllowFailed(command: KitCommand): KitCommand {
  return command.option(
    '--allow-failed',
    'succeed even if onboot containers or services have failed for good',
  );
}
