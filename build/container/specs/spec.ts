import type { Integer64 } from '../../spec/oci/oci-runtime.ts';

/** The parts of config.json, an OCI runtime spec, that depend on the host; the rest is kept as it is. */
export interface Spec {
  readonly process?: {
    readonly user?: SpecUser;
    readonly rlimits?: readonly {
      readonly type: string;
      readonly hard: Integer64;
      readonly soft: Integer64;
    }[];
  };
  readonly mounts?: readonly SpecMount[];
  readonly linux?: {
    readonly cgroupsPath?: string;
    readonly resources?: Readonly<Record<string, unknown>>;
    readonly namespaces?: readonly { readonly type: string; readonly path?: string }[];
    readonly uidMappings?: readonly unknown[];
    readonly gidMappings?: readonly unknown[];
  };
}

/** Those of runtime.json (`RuntimeConfig` of lib/bundle). */
export interface Runtime {
  readonly cgroups: readonly string[];
  readonly mounts: readonly SpecMount[];
  readonly kit?: { readonly ids?: unknown };
}

export interface SpecUser {
  readonly uid?: number;
  readonly gid?: number;
  readonly additionalGids?: readonly number[];
}

export interface SpecMount {
  readonly destination: string;
  readonly options?: readonly string[];
}
