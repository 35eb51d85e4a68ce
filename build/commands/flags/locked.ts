import type { KitCommand } from '../../cli/kit-command.ts';

/** For commands that build packages of the user. */
export function withTypeCheck(command: KitCommand): KitCommand {
  return command.option('--no-check', 'build packages without a check of their types');
}

/** For commands that build packages, whose Debian packages are pinned by debian.lock.json. */
export function withLocked(command: KitCommand): KitCommand {
  return command.option('--locked', 'fail instead of updating lock files of Debian packages');
}

/** For commands that also build images from a manifest, which kit.lock pins. */
export function withImageLock(command: KitCommand): KitCommand {
  return command.option(
    '--locked',
    'fail for images that are not in kit.lock, and instead of updating lock files of Debian packages',
  );
}
