/** Reads a C# file as far as no parser is needed: whether it calls the Office 365 service, or is Studio's table of connections. */
import { limits, tooLong } from '../limits';
import { lineStarts } from '../text';
import type { CodedDocument } from './model';

/** The service property of a coded workflow, used or handed on; `outlook.office365.com` is none. */
const service = /(?<![\w."'/@-])office365\b(?=\s*[?!.,;)])|\b(?:this|base)\s*\.\s*office365\b|\bIOffice365ConnectionsService\b/;

/** One of its connections, handed on to whoever uses it. */
const connection = /\bconnections\s*\.\s*(?:O365Mail|OneDrive|Excel)\b/;

/** Its parts and connections by their types: other libraries have such names too. */
const parts = /\b(?:I(?:Mail|Calendar|Excel|OneDrive|Sharepoint)Service|(?:Mail|Excel|OneDrive)Connection)\b/;
const namespace = /\bUiPath\s*\.\s*MicrosoftOffice365\b/;

/** What Studio makes anew whenever it likes. Two of these files say which connection stands behind a name; none of them is a use. */
const generated = /(?:^|[\\/])\.codedworkflows[\\/]/i;

/** Reads a C# file. */
export function fromCoded(path: string, text: string): CodedDocument {
  const isGenerated = generated.test(path);
  const usesService = !isGenerated && (service.test(text) || connection.test(text) || (parts.test(text) && namespace.test(text)));
  const isTooLong = text.length > limits.codedLength;
  const limit = usesService && isTooLong ? tooLong(text.length, 'coded', limits.codedLength) : undefined;
  return { kind: 'coded', path, text, lines: lineStarts(text), fault: undefined, limit, usesService, isGenerated };
}
