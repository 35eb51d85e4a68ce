import { makingLabel } from '../../bundle/disks.ts';
import { KitError } from '../../errors/errors.ts';
import { isObject } from '../../json/is-object.ts';
import { type RunProgram, succeed } from '../run-program.ts';
import { parseWith } from './parse-json.ts';

/**
 * What trying a key costs. Of what people choose: 32 MiB of memory, four passes, one thread; cryptsetup's own
 * measure takes half of the memory of the machine that formats, which a smaller machine could not open again.
 * A key of 32 random bytes cannot be tried, and costs as little as LUKS2 allows.
 */
const costs = {
  chosen: [
    ...['--pbkdf', 'argon2id', '--pbkdf-memory', String(32 << 10)],
    ...['--pbkdf-force-iterations', '4', '--pbkdf-parallel', '1'],
  ],
  random: ['--pbkdf', 'pbkdf2', '--pbkdf-force-iterations', '1000'],
} as const;

/**
 * Makes a LUKS2 header with `makingLabel`, which says that its content is still being made; what the device
 * held is lost. @param kind where the key comes from @throws KitError
 */
export async function formatLuks(
  device: string,
  key: Buffer,
  kind: keyof typeof costs,
  run: RunProgram,
): Promise<void> {
  const command = ['cryptsetup', 'luksFormat', '--batch-mode', '--type', 'luks2', ...costs[kind]];
  await succeed(run, `encrypt "${device}"`, [...command, '--label', makingLabel, '--key-file', '-', device], {
    input: key,
  });
}

/** Replaces `makingLabel`: in one write, since LUKS2 has two copies of its header. @throws KitError */
export async function finishLuks(device: string, label: string, run: RunProgram): Promise<void> {
  await succeed(run, `label "${device}"`, ['cryptsetup', 'config', device, '--label', label]);
}

/**
 * Opens a LUKS header as /dev/mapper/NAME. @returns false if no key slot opens with this key @throws KitError
 */
export async function openLuks(
  device: string,
  name: string,
  key: Buffer,
  run: RunProgram,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): Promise<boolean> {
  const how = readOnly ? ['--readonly'] : [];
  const command = ['open', '--type', 'luks', ...how, '--key-file', '-', device, name];
  const result = await run('cryptsetup', command, key);
  // cryptsetup(8): 2, no permission (bad passphrase)
  if (result.status === 2) return false;
  const once: RunProgram = async () => result;
  await succeed(once, `open "${device}"`, ['cryptsetup', ...command]);
  return true;
}

/** Adds a token, from which some program learns the key of a slot. @throws KitError */
export async function addLuksToken(device: string, token: LuksToken, run: RunProgram): Promise<void> {
  const command = ['cryptsetup', 'token', 'import', '--json-file', '-', device];
  await succeed(run, `put a token into the LUKS header of "${device}"`, command, {
    input: JSON.stringify(token),
  });
}

/** Its shape depends on its type. */
export type LuksToken = Readonly<Record<string, unknown>>;

/** What a LUKS2 header says besides its label. */
export interface LuksHeader {
  /** Numbers of the slots that hold the key of the data, each for a passphrase of its own. */
  readonly keyslots: readonly number[];
  /** By number. */
  readonly tokens: ReadonlyMap<number, LuksToken>;
}

/**
 * The header of a LUKS2 device. One without key slots is half made: nobody can ever have opened it.
 * @throws KitError for LUKS1 and damaged headers
 */
export async function readLuksHeader(device: string, run: RunProgram): Promise<LuksHeader> {
  const command = ['cryptsetup', 'luksDump', '--dump-json-metadata', device];
  return parseLuksHeader(await succeed(run, `read the LUKS header of "${device}"`, command));
}

/** The output of `cryptsetup luksDump --dump-json-metadata`. @throws KitError */
export function parseLuksHeader(json: string): LuksHeader {
  return parseWith('what cryptsetup says', json, ({ keyslots, tokens }) => {
    if (!isObject(keyslots) || !isObject(tokens)) throw new TypeError('no key slots or tokens');
    const all = Object.entries(tokens).map(([number, token]) => {
      if (!isObject(token)) throw new TypeError(`token ${number} is no object`);
      return [numberOf(number), token] as const;
    });
    return { keyslots: Object.keys(keyslots).map(numberOf), tokens: new Map(all) };
  });
}

function numberOf(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  throw new KitError(`"${text}" is no number of a slot`);
}
