import { defineManifest, type Entry, type Manifest } from '@kitlinux/kit/manifest';
import { readArguments, runService } from '@kitlinux/kit/service';
import { bootMachine, type MachineOptions, type TestMachine } from '@kitlinux/kit/test';

const web: Entry = {
  name: 'web',
  image: './web',
  capabilities: ['CAP_NET_BIND_SERVICE'],
  ready: { tcp: 8080 },
  env: undefined,
};

export const plain: Manifest = { kernel: { image: 'pkg/kernel' }, services: [web] };

export default defineManifest(async () => ({ ...plain, files: [{ path: '/etc/motd', contents: 'hello' }] }));

await runService(async ({ log, ready }) => {
  const { port, name } = readArguments({
    port: { type: 'integer', default: 8080 },
    name: { type: 'string' },
  });
  log.info('listening', { port: port + 1, name: name?.length });
  ready();
});

export async function answers(): Promise<string> {
  const options: MachineOptions = { backend: 'container', memory: '512M' };
  await using machine: TestMachine = await bootMachine('app.yml', options);
  const { stdout } = await machine.exec('/bin/true', [], { service: 'web' });
  const [service] = await machine.services();
  return `${stdout}${service?.state}${(await machine.logs.waitFor('x')).message}`;
}
