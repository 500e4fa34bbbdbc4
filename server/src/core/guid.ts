/** The form of a GUID, by which apps, tenants, permissions and connections go. */

/** Whether a text is a GUID, in any letter case, without braces or blanks. */
export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
