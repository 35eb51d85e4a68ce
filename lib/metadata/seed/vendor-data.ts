import { KitError } from '../../errors/errors.ts';
import { isList, isMap, parseYaml, valueAt } from '../yaml.ts';

/**
 * The vendor data in a file: all of it, or of OpenStack's `vendor_data.json` what is for cloud-init, a text
 * or a list of texts, which is the same as a cloud-config-archive.
 * @throws KitError when JSON is damaged
 */
export function vendorDataOf(path: string | undefined, content: Buffer | undefined): Buffer | undefined {
  if (content === undefined || !path?.endsWith('.json')) return content;
  const { tree } = parseYaml(content.toString('utf8'), 'vendor_data.json');
  if (!isMap(tree)) throw new KitError('Cannot read vendor_data.json: expected an object');
  const own = valueAt(tree, 'cloud-init');
  if (typeof own === 'string') return Buffer.from(own);
  if (isList(own)) return Buffer.from(`#cloud-config-archive\n${JSON.stringify(own)}`);
  return isMap(own) ? Buffer.from(`#cloud-config\n${JSON.stringify(own)}`) : undefined;
}
