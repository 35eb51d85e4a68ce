import { join } from 'node:path';
import { debianSource } from '../debian/source.ts';
import type { Work } from '../work.ts';
import { debianTree, type Tools } from './tree.ts';

/** The real programs that tests hold kit's own against. Apart from the tools of kit, which users have to fetch too. */
const source = debianSource({
  packages: ['cpio', 'curl', 'dnsmasq-base', 'iproute2', 'openssh-client', 'redis-tools'],
});

/** A tree with dnsmasq, ip, ssh, sftp, scp, ssh-keygen, curl, redis-cli and cpio, for tests alone. */
export function testTools(work: Work): Promise<Tools> {
  return debianTree('tools of the tests', source, join(import.meta.dirname, 'test-tools.lock.json'), work);
}
