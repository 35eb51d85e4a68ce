import type { KitCommand } from '../../cli/kit-command.ts';
import { repeatable } from '../../cli/repeatable.ts';

export interface PlatformsFlag {
  readonly platform: readonly string[];
}

/** @param fallback the default, in words */
export function withPlatforms(command: KitCommand, fallback: string): KitCommand {
  const description = `such as linux/arm64; may be repeated (default: ${fallback})`;
  return command.option('--platform <platform>', description, repeatable, []);
}

/** `arm64` of `linux/arm64/v8`, and of `arm64`. */
export const architectureOf = (platform: string): string =>
  platform.split('/')[platform.includes('/') ? 1 : 0] ?? platform;
