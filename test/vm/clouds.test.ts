import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { type Seeds, seeds, withoutIso9660 } from '../field/seeds/seeds.ts';
import { fakeClouds } from '../metadata/fake-clouds.ts';
import { type NetworkProgram, NetworkWorld } from '../network/world.ts';
import { machineNamed, scratch } from '../support/machine.ts';
import { needsRoot } from '../support/needs.ts';
import { kit, run } from '../support/run-kit.ts';
import { SshClient, sshIdentity } from '../support/ssh.ts';
import { testTools } from '../support/tools.ts';

interface CloudMachine {
  /** The file of the one build. */
  readonly image: string;
  /** Its name, who told it, what of the user data, and its disks with the disc. */
  readonly line: string;
  /** Makes its disc. */
  readonly disc?: (key: string) => Promise<string>;
  /** Without a metadata service. */
  readonly offline?: boolean;
}

const app = (content: string): string =>
  `#cloud-config\nwrite_files: [{path: /run/config/app, content: ${content}}]\n`;

/**
 * One build, booted from the disk of each cloud by its firmware, with that cloud's disk controller and DMI
 * texts. Each machine is in a network namespace, where the fake of its cloud has the real addresses.
 */
describe('an image in clouds', needsRoot('network namespaces'), () => {
  let folder: Awaited<ReturnType<typeof scratch>>;
  let maker: Seeds;
  beforeAll(async () => {
    [folder, maker] = await Promise.all([scratch(), seeds()]);
    const formats = ['--format', 'aws,gcp,vhd,qcow2-bios', '--dir', folder.dir];
    const built = await kit('build', ...formats, join(kitRoot, 'test/vm/clouds.yml'));
    expect(built.status, built.stderr).toBe(0);
  });
  afterAll(async () => {
    maker?.[Symbol.dispose]();
    await folder?.[Symbol.asyncDispose]();
  });

  /** As Azure writes it: UDF, with the name and the key, too. */
  async function azureDisc(): Promise<string> {
    const custom = Buffer.from(app('custom data')).toString('base64');
    const text = await readFile(join(kitRoot, 'lib/metadata/ovf/testdata/azure.xml'), 'utf8');
    const from = maker.files({ 'ovf-env.xml': text.replace(/(?<=CustomData>)[^<]+/, custom) });
    await maker.run('genisoimage', '-quiet', '-udf', '-V', 'rd_rdfe_stable', '-o', 'azure.iso', from);
    const disc = join(maker.folder, 'azure.iso');
    withoutIso9660(disc);
    return disc;
  }

  /** As Nova calls genisoimage. */
  async function configDrive(key: string): Promise<string> {
    const metaData = { uuid: 'u-1', hostname: 'openstack-web', public_keys: { mine: `${key}\n` } };
    const from = maker.files({
      'openstack/latest/meta_data.json': JSON.stringify(metaData),
      'openstack/latest/user_data': app('config drive'),
    });
    const names = ['-ldots', '-allow-lowercase', '-allow-multidot', '-l', '-J', '-r'];
    await maker.run('genisoimage', '-quiet', ...names, '-V', 'config-2', '-o', 'drive.iso', from);
    return join(maker.folder, 'drive.iso');
  }

  const machines = {
    aws: { image: 'clouds.raw', line: 'aws-web AWS user data nvme0n1 nvme0n1p1' },
    gcp: { image: 'clouds.img.tar.gz', line: 'gcp-web GCP user data sda sda1' },
    azure: { image: 'clouds.vhd', line: 'azure-web Azure custom data sda sda1 sr0', disc: azureDisc },
    openstack: {
      ...{ image: 'clouds.qcow2', line: 'openstack-web CDROM config drive sr0 vda vda1', disc: configDrive },
      offline: true,
    },
  } satisfies Record<string, CloudMachine>;
  type Name = keyof typeof machines;

  test.each<[Name, Name]>([
    ['aws', 'gcp'],
    ['azure', 'openstack'],
  ])('%s and %s: the machine takes its key and its name, and is logged into', async (...names) => {
    const lines = await Promise.all(
      names.map((name) => bootIn(name, machines[name]).catch((thrown) => String(thrown))),
    );
    expect(lines).toEqual(names.map((name) => machines[name].line));
  });

  /** Resolves to what the machine says of itself over ssh. */
  async function bootIn(cloud: Name, { image, disc, offline }: CloudMachine): Promise<string> {
    await using home = await scratch();
    const world = await NetworkWorld.make(await testTools());
    await using machine = machineNamed(`test-${cloud}-${process.pid}`);
    try {
      const { key } = await sshIdentity(home.dir);
      const publicKey = (await readFile(`${key}.pub`, 'utf8')).trim();
      const fake = offline ? undefined : await startFake(world, cloud, publicKey);
      const cd = disc ? ['--cd', await disc(publicKey)] : [];
      const hardware = ['--cpus', '1', '--hardware', cloud, '--publish', '2222:22', ...cd];
      const start = ['run', '--detach', '--name', machine.name, '--timeout', '550', ...hardware];
      const command = [join(kitRoot, 'kit'), ...start, join(folder.dir, image)];
      const started = await run('nsenter', [...world.within('server'), ...command]);
      if (started.status !== 0) return await machine.describe(started.stderr + fake?.output);
      const client = new SshClient(2222, key, ['nsenter', ...world.within('server')]);
      const { stdout, stderr } = await client.ssh(
        'echo $(hostname) $(cd /run/config; cat provider; echo; cat app) $(ls /sys/class/block | grep -v loop)',
      );
      if (cloud === 'azure') expect(fake?.output).toContain('POST /machine?comp=health 200');
      expect((await kit('stop', machine.name)).status).toBe(0);
      return stdout.trim() || stderr;
    } finally {
      await world.end();
    }
  }

  /** Its answers come from where the real ones do; QEMU's network passes the guest's connections on. */
  async function startFake(world: NetworkWorld, cloud: Name, key: string): Promise<NetworkProgram> {
    for (const address of fakeClouds[cloud].addresses)
      await world.ip('server', `addr add ${address}/32 dev lo`);
    const file = join(maker.folder, maker.files({ data: app('user data') }), 'data');
    const args = [cloud, '--key', key, '--hostname', `${cloud}-web`, '--user-data', file];
    const fake = world.node('server', [], 'test/metadata/main.ts', args);
    await fake.prints(/listening/);
    return fake;
  }
});
