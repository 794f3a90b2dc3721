declare module "write-file-atomic" {
  /** Writes a file under another name and renames it into place. */
  function writeFileAtomic(file: string, data: string, options?: { readonly mode?: number }): Promise<void>;
  export = writeFileAtomic;
}
