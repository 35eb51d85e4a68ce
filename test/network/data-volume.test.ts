import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeDataVolume } from '../../build/backend/data-volume.ts';
import { testWork } from '../../build/testing.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { cdromProvider } from '../../services/metadata/cdrom.ts';
import { planFiles } from '../../services/metadata/plan.ts';

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
  const metadata = await cdromProvider(volume).probe();
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
