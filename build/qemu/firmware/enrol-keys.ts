import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { withVariables } from '../../binary/efi/variable-store.ts';
import { keyVariables } from '../../binary/efi/variables.ts';
import { writeWhole } from '../../cache/write.ts';
import { keyList } from '../../signing/efi/key-list.ts';

/** Before any time at which somebody could sign a newer value. */
const enrolledAt = new Date('2000-01-01T00:00:00Z');

/**
 * Writes firmware's variables with the keys of a folder (`PK.esl`, `KEK.esl`, `db.esl`): a machine that has
 * a PK checks signatures. Variables of an earlier start are kept if they have these keys.
 * @param from the variables without keys, or those of the earlier start, which are `to`
 * @throws KitError for keys that are missing or damaged, and for variables with others
 */
export async function enrolKeys(folder: string, from: string, to: string): Promise<void> {
  const values = keyVariables.map((variable) => ({
    variable,
    value: keyList(folder, variable.name).list,
  }));
  const flash = await readFile(from);
  if (from === to) {
    if (values.every(({ value }) => flash.includes(value))) return;
    throw new KitError(`Cannot use the keys in "${folder}": the variables "${to}" have others, or none`, {
      hint: 'name another folder for --state, or remove that file: its boot entries are lost',
    });
  }
  makeFolder(dirname(to));
  await writeWhole(to, withVariables(flash, values, enrolledAt, from));
}
