import { toolCommand } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/tree.ts';
import { type RunProgram, startDiskProgram } from '../../lib/disks/run-program.ts';

/** Runs the programs of a tools tree in place of those of a container. */
export const programsOf =
  (tools: Tools): RunProgram =>
  (name, args, input) => {
    const { file, args: all, env } = toolCommand(tools, name, args);
    return startDiskProgram(file, all, {
      env: { ...env, MKE2FS_CONFIG: `${tools.dir}/etc/mke2fs.conf` },
      input,
    });
  };
