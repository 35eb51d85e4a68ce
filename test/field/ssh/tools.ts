import { join } from 'node:path';
import { debianSource } from '../../../build/debian/source.ts';
import { testWork } from '../../../build/testing.ts';
import { debianTree, type Tools } from '../../../build/tools/tree.ts';

const source = debianSource({
  packages: [
    ...['dropbear-bin', 'putty-tools', 'rsync'],
    // With curl of the tests' tools: libraries of their own, libssh2 and Go's x/crypto among them.
    ...['python3-asyncssh', 'python3-paramiko', 'rclone'],
  ],
});

/** Clients of SSH that are not OpenSSH. */
export function sshClients(): Promise<Tools> {
  return debianTree(
    'ssh clients of the tests',
    source,
    join(import.meta.dirname, 'clients.lock.json'),
    testWork(),
  );
}
