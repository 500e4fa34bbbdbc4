/** Knows under which URIs a file is open: clients spell them in their own way, and may open one file under two. */
export type OpenUris = ReturnType<typeof createOpenUris>;

/** Makes an empty index. */
export function createOpenUris() {
  const byPath = new Map<string, readonly string[]>();
  return {
    add: (path: string, uri: string): void => void byPath.set(path, [...(byPath.get(path) ?? []).filter((known) => known !== uri), uri]),

    /** Takes a URI away. */
    remove(path: string, uri: string): void {
      const left = (byPath.get(path) ?? []).filter((known) => known !== uri);
      if (left.length > 0) byPath.set(path, left);
      else byPath.delete(path);
    },

    /** The URI that was opened last; undefined where the file is not open. */
    find: (path: string): string | undefined => byPath.get(path)?.at(-1),
  };
}
