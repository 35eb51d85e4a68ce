/**
 * The initrd of the layered layout, as stage 1 and init find it:
 *
 *   layers/index                a line for each layer: `<id> <bytes> <root|bundle>`; root layers lowest first
 *   init                        stage 1: a busybox script
 *   bin/busybox                 static
 *   m/NN-<module>.ko.xz         modules that stage 1 loads, in order
 *   layers/<id>.erofs           id: the first 16 hex digits of the layer's diff id
 *
 * These are three archives, of which the second is compressed by zstd: init, bin, m, and medium and s below.
 *
 * With the root file system on a medium, the initrd has no *.erofs, and two more entries:
 *
 *   medium                      how stage 1 finds the medium; absent when there is none to find
 *   s/NN-<module>.ko.xz         drivers of disks and CDs, loaded if no medium is found without them
 *
 * The medium's file system (squashfs, EROFS or ISO 9660) then holds layers/ as above. Stage 1 recognises the
 * medium by layers/index, which is equal to that of the initrd, byte for byte.
 *
 * Ids are short because overlay's option string is limited to a page (4096 bytes) and holds a path for each
 * layer.
 */
export interface LayerIndexEntry {
  readonly id: string;
  readonly bytes: number;
  /** `root`: of the guest's root file system, mounted by stage 1. `bundle`: mounted by init. */
  readonly use: 'root' | 'bundle';
}

export function layerId(diffId: string): string {
  return diffId.replace(/^sha256:/, '').slice(0, 16);
}

export function formatLayerIndex(entries: readonly LayerIndexEntry[]): string {
  return entries.map(({ id, bytes, use }) => `${id} ${bytes} ${use}\n`).join('');
}

/** @throws RangeError on a line that is not `<16 hex> <bytes> <use>`. */
export function parseLayerIndex(text: string): LayerIndexEntry[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^([0-9a-f]{16}) (\d{1,15}) (root|bundle)$/.exec(line);
      const [, id, bytes, use] = match ?? [];
      if (!id || !bytes || (use !== 'root' && use !== 'bundle')) {
        throw new RangeError(`Cannot read layer index line "${line}": expected "<id> <bytes> <root|bundle>"`);
      }
      return { id, bytes: Number(bytes), use };
    });
}
