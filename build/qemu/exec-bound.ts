/**
 * `exec-bound.ts PARENT_PID FILE ARG…`: becomes that program, with PR_SET_PDEATHSIG set, so that the kernel
 * kills it when its parent ends, even by SIGKILL: no machine outlives its monitor. This is a separate program
 * because the call must be made between fork and exec.
 */
import process from 'node:process';
import { notStarted } from '../../lib/errors/not-started.ts';
import { leaveSessionKeyring } from '../../lib/linux/process/keyring.ts';
import { dieWithParent, keepOnExec } from '../../lib/linux/process/parent.ts';
import { printLine } from '../../lib/log/print-line.ts';
import { qemuDescriptors } from './qemu-arguments.ts';

const [parent, file = '', ...args] = process.argv.slice(2);
dieWithParent();
leaveSessionKeyring();
for (const fd of Object.values(qemuDescriptors)) keepOnExec(fd);
// The parent may have ended before PR_SET_PDEATHSIG took effect.
if (process.ppid !== Number(parent) || !process.execve) process.exit(1);
try {
  process.execve(file, [file, ...args], process.env);
} catch (thrown) {
  printLine(`Cannot run "${file}": ${notStarted(thrown, { file }).reason}`, 2);
  process.exit(127);
}
