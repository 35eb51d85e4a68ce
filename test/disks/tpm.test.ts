import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { swtpmTools } from '../../build/qemu/tpm/swtpm.ts';
import { testWork } from '../../build/testing.ts';
import { call, flush, type TpmLink } from '../../lib/tpm/call.ts';
import { algorithm, attribute, commandCode, handle } from '../../lib/tpm/constants.ts';
import { type SealedSecret, sealSecret, unsealSecret } from '../../lib/tpm/seal.ts';
import { sized, TpmError, u16, u32 } from '../../lib/tpm/wire.ts';
import { emulatedTpm } from './emulated-tpm.ts';

const secret = Buffer.from('a secret of thirty-two bytes !!!');
let folder: string;
let count = 0;
let name: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kit-tpm-'));
  await swtpmTools(testWork());
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  name = `tpm${count++}`;
});

test('a secret is given again as often as asked for', async () => {
  await using tpm = await emulatedTpm(folder, name);
  await using link = await tpm.open();
  const sealed = await sealSecret(link, secret);
  // Its memory has room for three objects and three sessions.
  for (let times = 0; times < 5; times += 1) expect(await unsealSecret(link, sealed)).toEqual(secret);
  await expect(unsealSecret(link, { ...sealed, private: Buffer.alloc(158) })).rejects.toThrow(TpmError);
  expect(await unsealSecret(link, sealed)).toEqual(secret);
});

test('a TPM that loses its power again and again still gives it, and is not locked', async () => {
  let sealed: SealedSecret | undefined;
  // Of a key that is not exempt, this many would be taken for wrong passwords.
  for (let boot = 0; boot < 5; boot += 1) {
    await using tpm = await emulatedTpm(folder, name);
    await using link = await tpm.open();
    sealed ??= await sealSecret(link, secret);
    expect(await unsealSecret(link, sealed)).toEqual(secret);
  }
});

test('another TPM does not give it', async () => {
  await using tpm = await emulatedTpm(folder, name);
  await using other = await emulatedTpm(folder, `${name}-other`);
  await using link = await tpm.open();
  await using otherLink = await other.open();
  const sealed = await sealSecret(link, secret);
  await expect(unsealSecret(otherLink, sealed)).rejects.toThrow(
    'the TPM refuses with 0x1df: another TPM has made this, or it is damaged',
  );
});

test('who listens to the TPM does not learn the secret; who changes what is said is noticed', async () => {
  await using tpm = await emulatedTpm(folder, name);
  await using link = await tpm.open();
  const heard: Buffer[] = [];
  let spoil = (_code: number, _answer: Buffer): void => {};
  const wire: TpmLink = {
    transact: async (command) => {
      const answer = await link.transact(command);
      heard.push(command, answer);
      spoil(command.readUInt32BE(6), answer);
      return answer;
    },
  };
  const sealed = await sealSecret(wire, secret);
  expect(await unsealSecret(wire, sealed)).toEqual(secret);
  expect(heard.filter((bytes) => bytes.includes(secret))).toEqual([]);
  // The first byte of the secret, behind the header, the size of the parameters and its own.
  spoil = (code, answer) => {
    if (code === commandCode.unseal) answer[16] = (answer[16] ?? 0) ^ 1;
  };
  await expect(unsealSecret(wire, sealed)).rejects.toThrow('what the TPM answers was changed on its way');
});

test('a storage key of RSA, which another system has made, is used', async () => {
  await using tpm = await emulatedTpm(folder, name);
  await using link = await tpm.open();
  const attributes = Object.values(attribute).reduce((all, one) => all | one);
  const { rsa, sha256, aes, cfb, none } = algorithm;
  const template = Buffer.concat([
    ...[u16(rsa), u16(sha256), u32(attributes), sized(), u16(aes), u16(128), u16(cfb), u16(none)],
    ...[u16(2048), u32(0), sized()],
  ]);
  const made = await call(link, {
    ...{ code: commandCode.createPrimary, handles: [handle.owner], authorised: true, returnsHandle: true },
    parameters: Buffer.concat([sized(sized(), sized()), sized(template), sized(), u32(0)]),
  });
  const parameters = u32(handle.storageKey);
  const handles = [handle.owner, made.handle ?? 0];
  const code = commandCode.evictControl;
  await call(link, { code, handles, parameters, authorised: true, returnsHandle: false });
  await flush(link, made.handle ?? 0);
  const sealed = await sealSecret(link, secret);
  expect(sealed.storage.key.asymmetricKeyType).toBe('rsa');
  expect(await unsealSecret(link, sealed)).toEqual(secret);
});
