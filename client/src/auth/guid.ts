/** The form of a GUID: by it an id of an account, or of a secret, is told from something else. */

/** Whether a text is a GUID, in any letter case. */
export function isGuid(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}
