/**
 * `main.mjs FOLDER…`: tells the disks that are mounted there which blocks hold nothing any more, as fstrim(8)
 * does. A process of its own, since the kernel may take minutes for it, in which it does nothing else.
 */
import { codeOf, reasonOf } from '../../lib/errors/errors.ts';
import { trimFileSystem } from '../../lib/linux/mount/file-system-calls.ts';
import { setOomScore } from '../../lib/linux/process/oom.ts';
import { printLine } from '../../lib/log/print-line.ts';

/** A disk that takes no such hints, or cannot be written to: nobody is to do anything about it. */
const harmless = ['EOPNOTSUPP', 'ENOTTY', 'EROFS'];

// If memory is short, this is what the machine can do without.
setOomScore(process.pid, 1000);
for (const folder of process.argv.slice(2)) {
  try {
    const bytes = trimFileSystem(folder);
    printLine(`trim: ${folder}: ${(bytes / 2 ** 20).toFixed(1)} MiB hold nothing`, 1);
  } catch (thrown) {
    if (harmless.includes(codeOf(thrown) ?? '')) continue;
    printLine(`trim: ${folder}: ${reasonOf(thrown)}`, 2);
    process.exitCode = 1;
  }
}
