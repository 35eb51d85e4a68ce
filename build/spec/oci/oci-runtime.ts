import { exactJson } from '../../../lib/json/exact-json.ts';

/** The parts of config.json that kit writes (OCI runtime-spec 1.2.1: config.md, config-linux.md). */
export interface Spec {
  readonly ociVersion: string;
  readonly process: Process;
  readonly root: { readonly path: string; readonly readonly?: true };
  readonly hostname?: string;
  readonly mounts: readonly SpecMount[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly linux: Linux;
}

export interface Process {
  readonly user: { readonly uid: number; readonly gid: number; readonly additionalGids?: readonly number[] };
  readonly args: readonly string[];
  readonly env?: readonly string[];
  readonly cwd: string;
  readonly capabilities: Readonly<Partial<Record<CapabilitySet, readonly string[]>>>;
  readonly rlimits?: readonly Rlimit[];
  readonly noNewPrivileges?: true;
  readonly oomScoreAdj?: number;
}

export type CapabilitySet = 'bounding' | 'effective' | 'inheritable' | 'permitted' | 'ambient';

/** A 64-bit integer: as parseExactJson reads it, a bigint where a number would be rounded. */
export type Integer64 = number | bigint;

export interface Rlimit {
  /** `RLIMIT_NOFILE` */
  readonly type: string;
  /** uint64: `unlimited` is 2^64-1, which a JavaScript number cannot represent. */
  readonly hard: Integer64;
  readonly soft: Integer64;
}

export interface SpecMount {
  readonly destination: string;
  readonly type: string;
  readonly source: string;
  readonly options?: readonly string[];
}

export type NamespaceType = 'network' | 'ipc' | 'uts' | 'pid' | 'user' | 'mount' | 'cgroup';

export interface Namespace {
  readonly type: NamespaceType;
  readonly path?: string;
}

export interface IdMapping {
  readonly containerID: number;
  readonly hostID: number;
  readonly size: number;
}

export interface Device {
  readonly path: string;
  readonly type: string;
  readonly major: number;
  readonly minor: number;
  readonly fileMode?: number;
}

export interface DeviceRule {
  readonly allow: boolean;
  readonly type?: string;
  readonly major?: number;
  readonly minor?: number;
  readonly access?: string;
}

/** `linux.seccomp`, in the names of libseccomp. */
export interface Seccomp {
  readonly defaultAction: string;
  readonly defaultErrnoRet?: number;
  readonly architectures: readonly string[];
  readonly flags?: readonly string[];
  readonly syscalls: readonly SeccompRule[];
}

export interface SeccompRule {
  readonly names: readonly string[];
  readonly action: string;
  readonly errnoRet?: number;
  readonly args?: readonly {
    readonly index: number;
    readonly value: Integer64;
    readonly valueTwo?: Integer64;
    readonly op: string;
  }[];
}

export interface Linux {
  readonly uidMappings?: readonly IdMapping[];
  readonly gidMappings?: readonly IdMapping[];
  readonly sysctl?: Readonly<Record<string, string>>;
  /** `devices`, `memory`, `cpu`, `pids`, `blockIO`, `hugepageLimits`, `network`. */
  readonly resources: Readonly<Record<string, unknown>> & { readonly devices?: readonly DeviceRule[] };
  readonly cgroupsPath?: string;
  readonly namespaces: readonly Namespace[];
  readonly devices?: readonly Device[];
  readonly rootfsPropagation?: string;
  readonly maskedPaths?: readonly string[];
  readonly readonlyPaths?: readonly string[];
  readonly seccomp?: Seccomp;
}

/** The text of config.json, indented by 4 as LinuxKit does. */
export const specJson = (spec: Spec): string => exactJson(spec, 4);
