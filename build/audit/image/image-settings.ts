import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import type { ControlConfig } from '../../../lib/bundle/control.ts';
import { type FirewallConfig, firewallFile } from '../../../lib/bundle/network.ts';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';

/** What an image says of its network. */
export interface ImageSettings {
  /** Undefined: the control service does not listen. */
  readonly control: ControlConfig | undefined;
  /** Undefined: the manifest does not switch the firewall on. */
  readonly firewall: FirewallConfig | undefined;
}

/** Reads the files of build/image/plan/settings-files.ts. @param root the top layer @throws KitError */
export async function imageSettings(root: string): Promise<ImageSettings> {
  return {
    control: await readSetting<ControlConfig>(root, guestPaths.control),
    firewall: await readSetting<FirewallConfig>(root, firewallFile),
  };
}

async function readSetting<T>(root: string, path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(join(root, path), 'utf8')) as T;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw new KitError(`Cannot read "${path}" of the image: ${reasonOf(thrown)}`);
  }
}
