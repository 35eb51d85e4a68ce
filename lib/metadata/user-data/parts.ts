import { KitError, reasonOf } from '../../errors/errors.ts';
import { isList, isMap, parseYaml, textAt } from '../yaml.ts';
import { type Budget, maximalDepth } from './budget.ts';
import { type Form, formOf, isMarked } from './forms.ts';
import { type JinjaValues, renderJinja } from './jinja.ts';
import { printable } from './listed.ts';
import { type Entity, mimeMessage, partsOfMultipart } from './mime.ts';
import { decodeTransfer } from './mime-transfer.ts';
import { decodeText, unpackOnce } from './unpack.ts';

/** One part of user data, in its plain form. */
export interface Part {
  /** For messages: `the user-data`, `part 2 ("setup.sh") of the user-data`. */
  readonly name: string;
  readonly form: Form;
  readonly text: string;
  /** How it says that it is merged into those before it: `list(append)+dict()`. */
  readonly mergeType: string | undefined;
}

/** A part that may still be packed, or hold others. */
interface Packed {
  readonly content: Buffer;
  readonly multipart?: Entity;
  readonly transfer?: string | undefined;
  readonly type?: string | undefined;
  readonly filename?: string | undefined;
  readonly mergeType?: string | undefined;
}

export interface Splitting {
  /** `user-data`, `vendor-data` */
  readonly source: string;
  readonly values: JinjaValues;
  readonly budget: Budget;
  /** Told of each mistake; the parts around it still count. */
  readonly problem: (line: string) => void;
  readonly note: (line: string) => void;
}

/** The parts of user data that may be packed, of several parts (MIME, archive), or a template. */
export function partsOf(content: Buffer, splitting: Splitting): Part[] {
  return split({ content }, [], splitting);
}

function split(packed: Packed, place: readonly number[], splitting: Splitting, depth = 0): Part[] {
  const name = nameOf(packed, place, splitting.source);
  try {
    if (depth > maximalDepth) throw new KitError(`it is packed more than ${maximalDepth} times`);
    const inner = innerOf(packed, name, splitting);
    if ('form' in inner) return [inner];
    if ('unpacked' in inner) {
      splitting.budget.takeBytes(inner.unpacked.content.length);
      return split(inner.unpacked, place, splitting, depth + 1);
    }
    splitting.budget.takeParts(inner.parts.length);
    return inner.parts.flatMap((each, index) => split(each, [...place, index + 1], splitting, depth + 1));
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    splitting.problem(`Cannot read ${name}: ${reasonOf(error)}`);
    return [];
  }
}

function nameOf({ filename }: Packed, place: readonly number[], source: string): string {
  if (place.length === 0) return `the ${source}`;
  const quoted = filename === undefined ? '' : ` ("${printable(filename)}")`;
  return `part ${place.join('.')}${quoted} of the ${source}`;
}

type Inner = Part | { readonly unpacked: Packed } | { readonly parts: readonly Packed[] };

function innerOf(packed: Packed, name: string, splitting: Splitting): Inner {
  const { content, type, mergeType } = packed;
  if (packed.transfer !== undefined)
    return {
      unpacked: { ...packed, transfer: undefined, content: decodeTransfer(content, packed.transfer) },
    };
  const unpacked = unpackOnce(content);
  if (unpacked) return { unpacked: { ...packed, content: unpacked } };
  if (packed.multipart) return { parts: partsOfMultipart(packed.multipart).map(packedEntity) };
  const message = mimeMessage(content);
  if (message) return { unpacked: { ...packed, ...packedEntity(message) } };
  const { text, isWhole } = decodeText(content);
  const form = formOf(content, text, type);
  if (form.kind === 'archive') return { parts: entriesOfArchive(text, name) };
  if (form.kind === 'jinja') {
    const rendered = renderJinja(text, splitting.values);
    return { unpacked: { ...packed, type: undefined, content: Buffer.from(rendered) } };
  }
  if (!isWhole && form.kind !== 'unobeyed')
    splitting.note(`${name} has bytes that are not UTF-8, each read as "\ufffd"`);
  return { name, form, text, mergeType };
}

const packedEntity = (entity: Entity): Packed => ({
  content: entity.body,
  transfer: entity.transfer,
  ...(entity.isMultipart && { multipart: entity }),
  ...(entity.type !== undefined && { type: entity.type }),
  ...(entity.filename !== undefined && { filename: entity.filename }),
  ...(entity.mergeType !== undefined && { mergeType: entity.mergeType }),
});

/** cloud-init's list of texts, or of `{type, content, filename}`. */
function entriesOfArchive(text: string, name: string): Packed[] {
  const { tree } = parseYaml(text, name);
  if (!isList(tree)) throw new KitError('a cloud-config-archive is a list');
  return tree.map((entry) => {
    const value = isMap(entry) ? (entry.content ?? '') : entry;
    if (typeof value !== 'string' && !Buffer.isBuffer(value))
      throw new KitError('an entry of a cloud-config-archive is neither text nor has "content"');
    const content = Buffer.from(value);
    // Text that begins like no form is a cloud-config here, as in cloud-init.
    const implied = typeof value === 'string' && !isMarked(value) ? 'text/cloud-config' : undefined;
    return {
      content,
      type: textAt(entry, 'type')?.toLowerCase() ?? implied,
      filename: textAt(entry, 'filename'),
    };
  });
}
