/** A GUID as EFI stores it: the first three fields little-endian. */
export function efiGuid(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new RangeError(`"${text}" is no GUID`);
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

/** UEFI 2.10, 3.3 and 32.4 to 32.6; the last two are EDK II's. */
export const efiGuids = {
  globalVariable: efiGuid('8be4df61-93ca-11d2-aa0d-00e098032b8c'),
  imageSecurityDatabase: efiGuid('d719b2cb-3d3a-4596-a3bc-dad00e67656f'),
  certX509: efiGuid('a5c059a1-94e4-4aa7-87b5-ab155c2bf072'),
  certTypePkcs7: efiGuid('4aafd29d-68df-49ee-8aa9-347d375665a7'),
  systemNvDataFv: efiGuid('fff12b8d-7696-4c8b-a985-2747075b4f50'),
  authenticatedVariableStore: efiGuid('aaf32c78-947b-439a-a180-2e144ec37792'),
} as const;
