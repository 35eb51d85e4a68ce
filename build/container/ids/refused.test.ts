import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { namespacesRefused } from './refused.ts';

let proc: string;
beforeEach(() => {
  proc = mkdtempSync(join(tmpdir(), 'kit-proc-'));
});
afterEach(() => rmSync(proc, { recursive: true }));

const failure = { stderr: 'unshare: unshare failed: Operation not permitted\n', ending: 'exit status 1' };
const otherwise = 'kit run without "container" needs no namespaces';

test.each([
  [
    'sys/user/max_user_namespaces',
    '0\n',
    '/proc/sys/user/max_user_namespaces is 0, which forbids user namespaces',
    `as root: sysctl -w user.max_user_namespaces=65536; ${otherwise}`,
  ],
  [
    'sys/kernel/apparmor_restrict_unprivileged_userns',
    '1\n',
    '/proc/sys/kernel/apparmor_restrict_unprivileged_userns is 1, which forbids user namespaces',
    `as root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0; ${otherwise}`,
  ],
  [
    'sys/kernel/unprivileged_userns_clone',
    '0\n',
    '/proc/sys/kernel/unprivileged_userns_clone is 0, which forbids user namespaces',
    `as root: sysctl -w kernel.unprivileged_userns_clone=1; ${otherwise}`,
  ],
  [
    'self/status',
    'Name:\tnode\nSeccomp:\t2\n',
    'the container or sandbox around it forbids user namespaces',
    otherwise,
  ],
  ['sys/user/max_user_namespaces', '96365\n', 'unshare: unshare failed: Operation not permitted', otherwise],
])('%s', (file, text, why, hint) => {
  mkdirSync(dirname(join(proc, file)), { recursive: true });
  writeFileSync(join(proc, file), text);
  const error = namespacesRefused(failure, undefined, proc);
  expect([error.message, error.hint]).toEqual([`Cannot run a container: ${why}`, hint]);
});
