import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { writeWhole } from '../../cache/write.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program, subcommand } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { makeSecureBootKeys } from '../../signing/efi/secure-boot-keys.ts';
import { keyPassword, makeKeyPair } from '../../signing/private-key.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';

const examples: Examples = {
  rows: [
    ['kit keys signing release', 'write release.key and release.pub'],
    ['KIT_KEY_PASSWORD=… kit keys signing ~/keys/release', '… encrypted, in the format of cosign'],
    [
      'kit keys secure-boot keys',
      'write PK, KEK and db, each with .key, .crt, .cer, .esl and .auth, to keys/',
    ],
  ],
  notes: `
Without KIT_KEY_PASSWORD (or COSIGN_PASSWORD) private keys are PKCS#8 in the clear: only you can read their files.`,
};

/** `kit keys signing`. */
export function verb(context: Context): KitCommand {
  const command = program('keys', context).description('Make keys.').withExamples(examples);
  withJson(subcommand(command, 'signing <name>'))
    .description('make a pair of keys that sign images: NAME.key and NAME.pub')
    .action((name: string, flags: JsonFlag) => makeSigningKeys(name, flags, context));
  withJson(subcommand(command, 'secure-boot <folder>'))
    .description('make the keys of Secure Boot: PK, KEK and db, with certificates and what firmware enrols')
    .action((folder: string, flags: JsonFlag) => makeBootKeys(folder, flags, context));
  return command;
}

async function makeSigningKeys(name: string, flags: JsonFlag, context: Context): Promise<void> {
  const [privateKey, publicKey] = ['key', 'pub'].map((ending) =>
    resolve(context.cwd, `${name}.${ending}`),
  ) as [...[string, string]];
  for (const path of [privateKey, publicKey]) {
    if (existsSync(path)) throw new KitError(`Cannot make keys "${name}": "${path}" is there already`);
  }
  const { privatePem, publicPem } = makeKeyPair(keyPassword(context.env));
  await writeWhole(privateKey, privatePem, 0o600);
  await writeWhole(publicKey, publicPem);
  printResult(context, flags, { privateKey, publicKey }, `${privateKey}\n${publicKey}\n`);
}

async function makeBootKeys(folder: string, flags: JsonFlag, context: Context): Promise<void> {
  const dir = resolve(context.cwd, folder);
  const files = makeSecureBootKeys(basename(dir), new Date(), keyPassword(context.env));
  const found = files.find(({ name }) => existsSync(join(dir, name)));
  if (found) throw new KitError(`Cannot make keys in "${folder}": "${found.name}" is there already`);
  makeFolder(dir);
  const paths: string[] = [];
  for (const { name, content, isSecret } of files) {
    await writeWhole(join(dir, name), content, isSecret ? 0o600 : 0o644);
    paths.push(join(dir, name));
  }
  printResult(context, flags, { folder: dir, files: paths }, `${paths.join('\n')}\n`);
}
