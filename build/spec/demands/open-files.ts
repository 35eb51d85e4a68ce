import { kernelWords } from '../../../lib/cmdline/kernel-words.ts';
import type { Manifest } from '../../manifest/types.ts';
import type { Integer64, Spec } from '../oci/oci-runtime.ts';
import { unlimited } from '../oci/rlimits.ts';

/** The kernel's default of fs.nr_open (fs/file.c), and init's own limit. */
export const defaultOpenFiles = 1_048_576;

/**
 * The largest limit of open files that the kernel allows, fs.nr_open: its default, or what the manifest sets,
 * on the kernel's command line or in a file of sysctl.d.
 */
export function mostOpenFiles({ kernel, files }: Pick<Manifest, 'kernel' | 'files'>): number {
  const ofCommandLine = kernelWords(kernel?.value.cmdline ?? '')
    .filter(({ name }) => /^sysctl\.fs[./]nr_open$/.test(name))
    .map(({ value }) => value);
  const ofFiles = files
    .filter(({ value: { path } }) => /^\/?etc\/sysctl\.(?:d\/.*|conf)$/.test(path))
    .map(({ value: { contents = '' } }) => /^\s*-?fs[./]nr_open\s*=\s*(\d+)\s*$/m.exec(contents)?.[1]);
  const last = [...ofCommandLine, ...ofFiles].findLast((value) => /^\d+$/.test(value ?? ''));
  return last === undefined ? defaultOpenFiles : Number(last);
}

/**
 * The spec with a number in place of an unlimited RLIMIT_NOFILE: setrlimit(2) refuses every one above
 * fs.nr_open with EPERM. systemd does the same. @param most fs.nr_open
 */
export function withNumberedFiles(spec: Spec, most: number): Spec {
  const { rlimits = [] } = spec.process;
  const numbered = rlimits.map((one) =>
    one.type === 'RLIMIT_NOFILE'
      ? { ...one, hard: numberOf(one.hard, most), soft: numberOf(one.soft, most) }
      : one,
  );
  return rlimits.length === 0 ? spec : { ...spec, process: { ...spec.process, rlimits: numbered } };
}

const numberOf = (limit: Integer64, most: number): Integer64 =>
  limit === unlimited ? Math.min(most, defaultOpenFiles) : limit;
