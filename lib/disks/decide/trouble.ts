/** A disk is not as asked for: one sentence that ends a line `disk "data": …`. */
export class DiskTrouble extends Error {
  override readonly name = 'DiskTrouble';
}
