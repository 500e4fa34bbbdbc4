/** Methods of the `office365` service of coded workflows: each does the work of an activity, and needs what it needs. */
import type { Activity, Catalog, ConditionalRequirement } from './types';

export interface CodedMethod {
  /** Property of `office365`, such as `Mail`. */
  readonly service: string;
  readonly interface: string;
  readonly connectionClass: string;
  readonly method: string;
  /** CLR type of the activity; absent: the method calls nothing. */
  readonly activity?: string;
  readonly conditional?: readonly CodedCondition[];
}

/** The same as for an activity, but an argument meets the condition. */
export interface CodedCondition extends Omit<ConditionalRequirement, 'when'> {
  readonly when: CodedWhen;
}

export interface CodedWhen {
  readonly argument: string;
  /** Its place in the call, from 0, where it is not named. */
  readonly position: number;
  readonly equals?: boolean;
  readonly isSet?: true;
  /** Another overload takes a request in its place, on which a method of this name sets it. */
  readonly request?: { readonly position: number; readonly method: string };
}

/** The form of `schemas/coded.json`. */
export interface CodedData {
  readonly methods: readonly CodedMethod[];
}

/**
 * Finds methods by name: `office365.Mail.SendEmail`, `IMailService.SendEmail`, `Mail.SendEmail` or `SendEmail`, with or without parentheses.
 * @returns none, one, or several of one name
 */
export function findCodedMethods({ coded }: Catalog, text: string): readonly CodedMethod[] {
  const parts = text.trim().replace(/\(.*$/s, '').toLowerCase().split('.');
  const name = parts.pop();
  const owner = parts.pop();
  return coded().methods.filter(
    ({ method, ...entry }) =>
      method.toLowerCase() === name &&
      (owner === undefined || [entry.service, entry.interface, entry.connectionClass].some((known) => known.toLowerCase() === owner)),
  );
}

/** The activity whose operations and requirement a method has; undefined where it calls nothing. */
export function activityOf({ activities }: Catalog, { activity }: CodedMethod): Activity | undefined {
  return activity === undefined ? undefined : activities.get(activity);
}
