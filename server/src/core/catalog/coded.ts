/** Methods of the `office365` service of coded workflows, and of what it returns: each does the work of an activity, and needs what it needs. */
import type { Activity, Catalog, ConditionalRequirement, Confidence } from './types';

export interface CodedMethod {
  /** Property of `office365`, such as `Mail`. */
  readonly service: string;
  readonly interface: string;
  /** Absent: a method of an object, such as a mail, that the service returned. */
  readonly connectionClass?: string;
  readonly method: string;
  /** CLR type of the activity; absent: the method calls nothing. */
  readonly activity?: string;
  /** That it does the work of this activity; absent: as certain as what the activity needs. */
  readonly confidence?: Confidence;
  /** Interface of what comes back, where that has methods of its own; with `[]` several of it. */
  readonly returns?: string;
  readonly conditional?: readonly CodedCondition[];
}

/** The same as for an activity, but an argument meets the condition. */
export interface CodedCondition extends Omit<ConditionalRequirement, 'when'> {
  readonly when: CodedWhen;
}

export interface CodedWhen {
  readonly argument: string;
  /** Its place in the call, from 0, where it is not named; absent: not known. */
  readonly position?: number;
  readonly equals?: boolean;
  readonly isSet?: true;
  /** Another overload takes a request in its place, on which a method of this name sets it. */
  readonly request?: { readonly position: number; readonly method: string };
}

/** The form of `schemas/coded.json`. */
export interface CodedData {
  /** Properties that hold an object with methods of its own. */
  readonly properties: readonly { readonly interface: string; readonly property: string; readonly type: string }[];
  /** Interfaces that have the methods of another one too. */
  readonly extends: Readonly<Record<string, string>>;
  readonly methods: readonly CodedMethod[];
}

/** How a method is called in messages: `office365.Mail.SendEmail`, or `IMail.MoveTo` of what the service returned. */
export function titleOfMethod({ service, interface: type, connectionClass, method }: CodedMethod): string {
  return connectionClass === undefined ? `${type}.${method}` : `office365.${service}.${method}`;
}

/**
 * Finds methods by name: `office365.Mail.SendEmail`, `IMailService.SendEmail`, `Mail.SendEmail`, `IMail.MoveTo` or `SendEmail`, with or without
 * parentheses. Methods of the service itself go before those of what it returns.
 * @returns none, one, or several of one name
 */
export function findCodedMethods({ coded }: Catalog, text: string): readonly CodedMethod[] {
  const parts = text.trim().replace(/\(.*$/s, '').toLowerCase().split('.');
  const name = parts.pop();
  const owner = parts.pop();
  const found = coded().methods.filter(
    ({ method, ...entry }) =>
      method.toLowerCase() === name &&
      (owner === undefined || [entry.service, entry.interface, entry.connectionClass].some((known) => known?.toLowerCase() === owner)),
  );
  const ofService = found.filter(({ connectionClass }) => connectionClass !== undefined);
  return ofService.length > 0 ? ofService : found;
}

/** The activity whose operations and requirement a method has; undefined where it calls nothing. */
export function activityOf({ activities }: Catalog, { activity }: CodedMethod): Activity | undefined {
  return activity === undefined ? undefined : activities.get(activity);
}
