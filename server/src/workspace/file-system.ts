/** The file system as the workspace sees it: injected, so that an editor or a test can stand in for the disk. */

export interface FileEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

export interface FileSystem {
  /** Lists a folder; links to files count as files, links to folders are left out. Throws when it cannot. */
  readonly list: (folder: string) => readonly FileEntry[];
  /** Reads a whole file. Throws when it cannot. */
  readonly read: (file: string) => Uint8Array;
  /** What stands at a path; undefined where nothing does. Sizes in bytes. `isSpecial`: a pipe, a device or the like, which may never end. */
  readonly stat: (path: string) => { readonly isDirectory: boolean; readonly size: number; readonly isSpecial?: boolean } | undefined;
}
