import type { Section } from '../../lib/bundle/bundle.ts';
import { KitError } from '../../lib/errors/errors.ts';
import type { PlannedBundle } from '../image/plan/bundles.ts';
import type { ImagePlan } from '../image/plan/image-plan.ts';
import { didYouMean } from '../manifest/nearest.ts';
import type { Entry, Located } from '../manifest/types.ts';
import type { FieldOrigin, SourceName } from '../spec/effective-entry.ts';
import { type ImageHints, imageHints } from '../spec/image/image-hints.ts';
import type { Spec } from '../spec/oci/oci-runtime.ts';
import type { BundleRuntime } from '../spec/runtime.ts';

/** The result of an entry of the manifest, and the origins of its values. */
export interface ExplainedEntry {
  readonly section: Section;
  readonly name: string;
  /** `examples/sshd.yml:24:5` */
  readonly place: string;
  /** `ref` is the manifest's name of it, `name` that of the cache. */
  readonly image: {
    readonly ref: string;
    readonly name: string;
    readonly digest: string;
    readonly layers: number;
    /** What its configuration says beside the fields. */
    readonly says: ImageHints;
  };
  readonly fields: readonly ExplainedField[];
  readonly config: Spec;
  readonly runtime: BundleRuntime;
}

export interface ExplainedField {
  /** `binds`, `runtime.mkdir` */
  readonly field: string;
  readonly value: unknown;
  /** Several for a list that was joined from several. */
  readonly from: readonly ExplainedOrigin[];
}

export interface ExplainedOrigin {
  readonly source: SourceName;
  /** In the manifest: `examples/sshd.yml:26:7`. */
  readonly place?: string;
  /** Of a default: the field that decided. */
  readonly reason?: string;
}

/** The entries of this name, in any section; onboot may have several. @throws KitError when there is none */
export function explainEntries({ manifest, bundles }: ImagePlan, name: string): ExplainedEntry[] {
  const named = bundles.filter((bundle) => bundle.name === name);
  if (named.length === 0) throw unknownEntry(bundles, name);
  return named.flatMap((bundle) => {
    const written = manifest[bundle.section][bundle.at];
    return written ? [explained(bundle, written)] : [];
  });
}

function unknownEntry(bundles: readonly PlannedBundle[], name: string): KitError {
  const names = [...new Set(bundles.map((bundle) => bundle.name))];
  const hint = names.length > 0 ? `there is ${names.join(', ')}` : 'the manifest has none';
  return new KitError(`Cannot explain "${name}": no entry has this name${didYouMean(name, names)}`, { hint });
}

function explained(bundle: PlannedBundle, written: Located<Entry>): ExplainedEntry {
  const { section, name, ref, image, spec, runtime, effective, origins } = bundle;
  const says = imageHints(image.config.config);
  const fields = [...origins].map(([field, from]): ExplainedField => {
    return { field, value: valueAt(effective, field), from: from.map((origin) => placed(origin, written)) };
  });
  return {
    ...{ section, name, place: placeText(written, []), fields },
    image: { ref: ref.text, name: image.name, digest: image.digest, layers: image.layers.length, says },
    ...{ config: spec, runtime },
  };
}

function valueAt(value: unknown, field: string): unknown {
  return field
    .split('.')
    .reduce((held: unknown, key) => (held as Readonly<Record<string, unknown>> | undefined)?.[key], value);
}

function placed({ source, path, reason }: FieldOrigin, written: Located<Entry>): ExplainedOrigin {
  if (source === 'manifest') return { source, place: placeText(written, path) };
  return { source, ...(reason && { reason }) };
}

function placeText({ origin }: Located<Entry>, path: FieldOrigin['path']): string {
  const { file, line, column } = origin.place(path);
  return `${file}:${line}:${column}`;
}
