import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { readLimited } from '../../lib/files/read-limited.ts';
import { parseContainersPolicy } from './containers-policy.ts';
import { parseKitPolicy, policyName } from './kit-policy.ts';
import type { Policy } from './policy.ts';
import { filesBeside } from './policy-file.ts';

const policyLimit = 1 << 20;

/**
 * The policy in a file: containers/image's where its name ends in .json, else kit's own.
 * @param file absolute path @throws KitErrors, KitError; also where there is no such file
 */
export function readPolicy(file: string): Policy {
  const cannot = (why: string): KitError => new KitError(`Cannot read policy "${file}": ${why}`);
  const text = readLimited(file, policyLimit, cannot).toString();
  const parse = file.endsWith('.json') ? parseContainersPolicy : parseKitPolicy;
  return parse(text, file, filesBeside(file));
}

/** The policies beside manifests, whose folders these are. */
export function policiesIn(folders: Iterable<string>): Policy[] {
  return (
    [...new Set(folders)]
      .map((folder) => join(folder, policyName))
      // A link that leads nowhere is no missing policy: reading it fails.
      .filter((file) => lstatSync(file, { throwIfNoEntry: false }))
      .map(readPolicy)
  );
}
