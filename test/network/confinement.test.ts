import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { namespaceTools } from '../../build/container/namespace-tools.ts';
import { startNetwork } from '../../build/container/network/network.ts';
import { userNetwork } from '../../build/container/network/user-network.ts';
import { testWork } from '../../build/testing.ts';
import { toolCommand } from '../../build/tools/command.ts';
import { isRoot, needs } from '../support/needs.ts';
import { until } from '../support/until.ts';

/** proc_pid_status(5) */
const statusOf = (pid: number, field: string): string | undefined =>
  new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];

test('pasta that root starts serves a container from its user namespace, an empty folder, and with a filter', {
  ...needs('root and /dev/net/tun, for pasta', isRoot && existsSync('/dev/net/tun')),
  timeout: 300_000,
}, async () => {
  const tools = await namespaceTools(testWork());
  const args = ['--user', '--map-root-user', '--net', 'sleep', 'infinity'];
  const holder = spawn('unshare', args, { stdio: 'ignore' });
  const pid = holder.pid ?? 0;
  try {
    // unshare has made the namespaces and written their maps.
    await until('a container', () => statusOf(pid, 'Name') === 'sleep');
    const network = await startNetwork(userNetwork([], tools), toolCommand(tools, 'unshare', []), pid);
    try {
      const [pasta = 0] = network.pids;
      // The interface is there before pasta has shut itself in.
      await until('a filter of system calls', () => statusOf(pasta, 'Seccomp') === '2');
      expect(statusOf(pasta, 'NoNewPrivs')).toBe('1');
      expect(readlinkSync(`/proc/${pasta}/ns/user`)).toBe(readlinkSync(`/proc/${pid}/ns/user`));
      expect(readdirSync(`/proc/${pasta}/root`)).toEqual([]);
    } finally {
      network.stop();
    }
  } finally {
    holder.kill('SIGKILL');
  }
});
