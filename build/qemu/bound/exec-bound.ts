/**
 * `exec-bound.ts PARENT_PID DESCRIPTORS FILE ARG…`: becomes that program with these descriptors (`3,4`), with
 * PR_SET_PDEATHSIG set, so that the kernel kills it when its parent ends, even by SIGKILL: no machine
 * outlives its monitor. This is a separate program because the call must be made between fork and exec.
 */
import process from 'node:process';
import { codeOf } from '../../../lib/errors/errors.ts';
import { notStarted } from '../../../lib/errors/not-started.ts';
import { dropFromBoundingSet } from '../../../lib/linux/process/bounding-set.ts';
import { leaveSessionKeyring } from '../../../lib/linux/process/keyring.ts';
import { dieWithParent, keepOnExec } from '../../../lib/linux/process/parent.ts';
import { printLine } from '../../../lib/log/print-line.ts';

const [parent, descriptors = '', file = '', ...args] = process.argv.slice(2);
dieWithParent();
leaveSessionKeyring();
// Started by root, it makes no devices in folders of the host, whatever a guest asks for.
if (process.geteuid?.() === 0) dropIfAllowed();
for (const fd of descriptors.split(',').filter(Boolean)) keepOnExec(Number(fd));
// The parent may have ended before PR_SET_PDEATHSIG took effect.
if (process.ppid !== Number(parent) || !process.execve) process.exit(1);
try {
  process.execve(file, [file, ...args], process.env);
} catch (thrown) {
  printLine(`Cannot run "${file}": ${notStarted(thrown, { file }).reason}`, 2);
  process.exit(127);
}

/** The root of a container may lack CAP_SETPCAP; it keeps what it has. */
function dropIfAllowed(): void {
  try {
    dropFromBoundingSet(['MKNOD', 'SETFCAP']);
  } catch (thrown) {
    if (codeOf(thrown) !== 'EPERM') throw thrown;
  }
}
