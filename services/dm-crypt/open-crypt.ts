import { readKeyFile } from '../../lib/disks/keys/key-file.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import type { CryptSettings } from './arguments.ts';
import { openLuksMapping } from './open-luks.ts';
import { openPlainMapping } from './open-plain.ts';

export interface CryptTools {
  readonly run: RunProgram;
  say(line: string): void;
}

/**
 * Opens an encrypted device as /dev/mapper/NAME. An empty one is encrypted first, and gets an ext4 file
 * system. Nothing that holds something is made anew without `force`. @throws KitError
 */
export async function openCrypt(settings: CryptSettings, tools: CryptTools): Promise<void> {
  const key = readKeyFile(settings.keyFile, { hint: keyHint });
  try {
    const what = settings.luks
      ? await openLuksMapping(settings, key, tools.run)
      : await openPlainMapping(settings, key, tools.run);
    tools.say(`/dev/mapper/${settings.name} is ${settings.device}: ${what}`);
  } finally {
    key.fill(0);
  }
}

const keyHint = 'the manifest puts it there: files: [{path: /etc/dm-crypt/key, source: key, mode: "0600"}]';
