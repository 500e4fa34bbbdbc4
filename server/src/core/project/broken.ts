/** Tells lists that a fault of the file runs through. */
import type { Span } from '../text';
import type { Document } from './model';

/** A list in which the first fault of its file lies was read in part: nobody knows what it really holds. */
export function isBroken({ fault }: Document, region: Span): boolean {
  return fault !== undefined && fault.start >= region.start && fault.start <= region.end;
}
