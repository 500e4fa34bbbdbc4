/** Reads of a coded workflow no more than whether it calls the Office 365 service: its needs are not known. */
import { lineStarts } from '../text';
import type { CodedDocument } from './model';

/** The service property of a coded workflow, used or handed on. */
const service = /\boffice365\s*\.\s*\w|\bIOffice365ConnectionsService\b/;

/** Reads a C# file. */
export function fromCoded(path: string, text: string): CodedDocument {
  return { kind: 'coded', path, text, lines: lineStarts(text), fault: undefined, limit: undefined, usesService: service.test(text) };
}
