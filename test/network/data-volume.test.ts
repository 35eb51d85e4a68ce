import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readDataFile } from '../../build/backend/data-file.ts';
import { type DataVolume, writeDataVolume } from '../../build/backend/data-volume.ts';
import { metadataTrust } from '../../build/spec/metadata.ts';
import { testWork } from '../../build/testing.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { trustVariable } from '../../lib/bundle/metadata.ts';
import { planFiles } from '../../lib/metadata/plan.ts';
import { readTrust } from '../../services/metadata/trust/trust.ts';
import { cdromProvider } from '../../services/metadata/volumes/cdrom.ts';
import { run } from '../support/run-kit.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

const key = 'ssh-ed25519 AAAAC3Nz me@example';

test.each([
  ['cloud-config', `#cloud-config\nssh_authorized_keys:\n  - ${key}\n`],
  [
    "LinuxKit's JSON",
    JSON.stringify({ ssh: { entries: { authorized_keys: { content: `${key}\n`, perm: '0600' } } } }),
  ],
])('metadata reads what kit run writes to a data volume: %s', { timeout: 300_000 }, async (_case, data) => {
  const work = testWork();
  const tools = await toolsTree(work);
  const volume = join(folder, 'data.iso');
  await writeDataVolume(volume, { data: Buffer.from(data), name: 't1' }, tools, work.signal);
  const metadata = await cdromProvider(readTrust({}), volume).probe(() => {});
  if (metadata === undefined) throw new Error('no metadata found');
  const { files, problems, notes } = planFiles('CDROM', metadata);
  expect([problems, notes]).toEqual([[], []]);
  expect(Object.fromEntries(files.map(({ path, content }) => [path, content.toString()]))).toEqual({
    provider: 'CDROM',
    instance_id: 't1',
    hostname: 't1',
    userdata: data,
    'ssh/authorized_keys': `${key}\n`,
  });
});

test('a volume with user data that ssh-keygen has signed counts where only signed data does', {
  timeout: 300_000,
}, async () => {
  const work = testWork();
  const [key, file] = [join(folder, 'key'), join(folder, 'signed')];
  writeFileSync(file, '#cloud-config\nhostname: t1\n');
  const keygen = async (...args: string[]): Promise<void> => {
    expect(await run('ssh-keygen', args)).toMatchObject({ status: 0 });
  };
  await keygen('-q', '-t', 'ed25519', '-N', '', '-f', key);
  await keygen('-q', '-Y', 'sign', '-n', 'kit-metadata', '-f', key, file);
  const trust = metadataTrust(
    { trust: { providers: ['cdrom'], signedBy: [readFileSync(`${key}.pub`, 'utf8').trim()] } },
    true,
  );
  const probe = async (data: Omit<DataVolume, 'name'>): Promise<unknown[]> => {
    const volume = join(folder, 'signed.iso');
    await writeDataVolume(volume, { ...data, name: 't1' }, await toolsTree(work), work.signal);
    const notes: string[] = [];
    const env = { [trustVariable]: JSON.stringify(trust) };
    const metadata = await cdromProvider(readTrust(env), volume).probe((line) => notes.push(line));
    return [metadata?.userdata?.toString(), ...notes.map((line) => line.replace(volume, 'VOLUME'))];
  };
  const signed = await readDataFile(file, '/');
  expect(await probe(signed)).toEqual([
    '#cloud-config\nhostname: t1\n',
    'ignored meta-data of the data volume "VOLUME": it is not signed',
  ]);
  expect(await probe({ ...signed, data: Buffer.from('#cloud-config\n') })).toEqual([
    undefined,
    'refused the data volume "VOLUME": its signature is not of this content',
  ]);
});
