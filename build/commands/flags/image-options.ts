import { parseSize } from '../../backend/request/sizes.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { commaSeparated } from '../../cli/repeatable.ts';

/** The values of the flags of `withImageOptions`. */
export interface ImageOptions {
  readonly format: readonly string[];
  readonly size?: number;
  readonly decompressKernel?: boolean;
  readonly small?: boolean;
  readonly sbom: boolean;
  readonly sbomOutput?: string;
  readonly production?: boolean;
  readonly trustLabels?: boolean;
}

/** The flags that affect the contents of an image. `kit verify` needs those that `kit build` was given. */
export function withImageOptions(command: KitCommand): KitCommand {
  return withTrustLabels(withProduction(command))
    .option('-f, --format <format>', 'format of the image; may be repeated', commaSeparated, [])
    .option('--size <size>', 'size of disks: a number of GB, or one with M or G after it', (text) =>
      parseSize('disk size', text, 'g'),
    )
    .option('--decompress-kernel', 'uncompressed kernel, for boot loaders that cannot decompress one')
    .option('--small', 'smaller image, which boots more slowly: LZMA for large layers')
    .option('--no-sbom', 'leave the bill of materials out of the image')
    .option('--sbom-output <path>', 'path of the bill of materials in the image (default: sbom.spdx.json)');
}

/** For manifests of LinuxKit as they are. */
export function withTrustLabels(command: KitCommand): KitCommand {
  return command.option('--trust-labels', 'grant images of others whatever their labels ask for');
}

export function withProduction(command: KitCommand): KitCommand {
  return command.option('--production', 'no kit exec, no debugger and no shell in the machine');
}
